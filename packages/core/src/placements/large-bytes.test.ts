import { readdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime } from '../index.js';

const mebibyte = 1 << 20;
const guest = await wat('(module (memory (export "memory") 128))');
const lengths = [0, 1, 65_535, 65_536, mebibyte, 4 * mebibyte, 4 * mebibyte + 1, 8 * mebibyte];

function pattern(length: number, seed: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(length).map((_, index) => index * 7 + seed);
}

for (const placement of ['worker', 'process'] as const) {
  test(`bytes of any length go to a ${placement} and come back`, async () => {
    await using runtime = await createRuntime({ placement });
    const instance = await runtime.instantiate(guest);
    for (const length of lengths) {
      for (const transfer of [false, true]) {
        const bytes = pattern(length, Number(transfer));
        await instance.writeMemory(0, bytes, { transfer });
        const read = await instance.readMemory(0, length);
        expect(Buffer.compare(read, pattern(length, Number(transfer)))).toBe(0);
        if (!transfer) expect(bytes.byteLength).toBe(length);
      }
    }
  });

  test(`calls that are made at once do not mix their bytes in a ${placement}`, async () => {
    await using runtime = await createRuntime({ placement });
    const instance = await runtime.instantiate(guest);
    const reads = Array.from({ length: 8 }, async (_, seed) => {
      const written = instance.writeMemory(seed * mebibyte, pattern(mebibyte, seed));
      const read = instance.readMemory(seed * mebibyte, mebibyte);
      await written;
      return Buffer.compare(await read, pattern(mebibyte, seed));
    });
    expect(await Promise.all(reads)).toEqual(new Array(8).fill(0));
  });

  test(`bytes that are written to a ${placement} one after another are there, whatever becomes of their array`, async () => {
    await using runtime = await createRuntime({ placement });
    const instance = await runtime.instantiate(guest);
    for (const length of [1, 1000, 65_536, mebibyte]) {
      const places = [0, 1, 2, 3, 4, 5];
      for (const place of places) {
        const bytes = pattern(length, place);
        await instance.writeMemory(place * mebibyte, bytes);
        bytes.fill(0);
      }
      const reads = await Promise.all(places.map((place) => instance.readMemory(place * mebibyte, length)));
      const same = reads.map((read, place) => Buffer.compare(read, pattern(length, place)));
      expect(same).toEqual(places.map(() => 0));
    }
  });

  test(`what is sure to fit into a memory in a ${placement} is not waited for, and what does not fit is refused`, async () => {
    await using runtime = await createRuntime({ placement });
    const instance = await runtime.instantiate(guest);
    const [end, none] = [128 * 65_536, { code: 'ERR_MEMORY_RANGE' }];
    const write = (at: number | bigint, length: number) => instance.writeMemory(at, new Uint8Array(length));
    const isWaitedFor = async (writing: Promise<void>) => {
      const turn = new Promise((resolve) => setImmediate(resolve, true));
      const first = await Promise.race([writing.then(() => false), turn]);
      await writing;
      return first;
    };
    for (const at of [0, end - 1, BigInt(end - 1)]) {
      // This one tells how large the memory is.
      await instance.readMemory(0, 1);
      expect(await isWaitedFor(write(at, 1))).toBe(false);
    }
    for (const at of [end, -1, 0.5, BigInt(end)]) await expect(write(at, 1)).rejects.toThrow();
    await expect(write(end, 1)).rejects.toMatchObject(none);
    expect(await instance.growMemory(1)).toBe(128);
    await write(end, 1);
    await instance[Symbol.asyncDispose]();
    await expect(write(0, 1)).rejects.toMatchObject({ code: 'ERR_DISPOSED' });
  });

  test(`bytes whose buffer cannot be moved are copied to a ${placement}`, async () => {
    await using runtime = await createRuntime({ placement });
    const instance = await runtime.instantiate(guest);
    const memory = new Uint8Array(new WebAssembly.Memory({ initial: 2 }).buffer).fill(5);
    const shared = new Uint8Array(new SharedArrayBuffer(mebibyte)).fill(6);
    for (const bytes of [memory, shared]) {
      await instance.writeMemory(0, bytes, { transfer: true });
      expect(await instance.readMemory(0, 3)).toEqual(new Uint8Array(3).fill(bytes[0] as number));
    }
  });
}

test('a read of a length that was just written shows nothing but what was read', async () => {
  await using runtime = await createRuntime({ placement: 'worker' });
  const [first, second] = [await runtime.instantiate(guest), await runtime.instantiate(guest)];
  await first.writeMemory(0, pattern(1000, 1), { transfer: true });
  const read = await second.readMemory(0, 1000);
  expect(new Uint8Array(read.buffer)).toEqual(new Uint8Array(1000));
});

test.runIf(process.platform === 'linux')('nothing is left in the memory that processes share', async () => {
  const shared = () => readdirSync('/proc/self/fd').length;
  const before = shared();
  for (let i = 0; i < 3; i++) {
    await using runtime = await createRuntime({ placement: 'process' });
    const instance = await runtime.instantiate(guest);
    await instance.writeMemory(0, pattern(mebibyte, i));
  }
  expect(shared()).toBeLessThanOrEqual(before);
});

test.runIf(process.platform === 'linux')(
  'a process that is refused, or cannot be started, leaves no descriptor',
  async () => {
    const before = readdirSync('/proc/self/fd').length;
    const refuse = async (child: { env?: Record<string, string>; execArgv?: string[] }) => {
      await expect(createRuntime({ placement: 'process', child })).rejects.toThrow();
    };
    vi.stubEnv('WASMEDGE_PLUGINS_DEPTH', '4');
    await refuse({});
    vi.unstubAllEnvs();
    await refuse({ env: { TOO_LONG: 'x'.repeat(1 << 22) } });
    expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(before);
  },
);
