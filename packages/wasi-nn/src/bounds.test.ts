import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime, type Runtime } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { RawNn } from '../conformance/abi-suite.js';
import { memorySize, place } from '../conformance/drive/raw-nn.js';
import { sumBackend } from './__fixtures__/sum-backend.js';
import { modelFile, type SumSource, sumModel, sumPlugin } from './__fixtures__/sum-plugin.js';
import type { BackendPluginOptions } from './backend-plugin-options.js';
import { modelLoadChannelName } from './embedded/load-channel.js';
import { NnErrno } from './nn-errno.js';

// Error codes are those of the table in the README; the bounds are this plug-in's own.
const { success, invalid_argument, unsupported_operation, too_large } = NnErrno;

async function withGuest(
  options: BackendPluginOptions<SumSource>,
  use: (guest: RawNn, runtime: Runtime, lines: string[]) => void | Promise<void>,
) {
  const lines: string[] = [];
  const plugin = sumPlugin({ models: { road: { text: modelFile('sum 2') } }, ...options });
  using runtime = await createRuntime({ plugins: [plugin], logger: (_level, line) => lines.push(line) });
  await use(await RawNn.in(inlineCaseRuntime(runtime), sumModel), runtime, lines);
}

/** Milliseconds of processor time; other programs of the machine do not count. */
async function processorTime(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('a model of a guest', () => {
  it('has 8 parts at most, and what is denied is refused before the parts are looked at', async () => {
    const outside = memorySize - 4;
    await withGuest({}, async ({ exports: { load } }) => {
      expect(await load(0, 9, sumModel.encoding, 0, place.result)).toBe(invalid_argument);
      expect(await load(outside, 1, sumModel.encoding, 0, place.result)).toBe(invalid_argument);
    });
    await withGuest({ guestModels: 'deny' }, async ({ exports: { load } }) => {
      expect(await load(outside, 0x1fff_ffff, sumModel.encoding, 0, place.result)).toBe(
        unsupported_operation,
      );
    });
  });

  it.each(['allow', 'deny'] as const)(
    'costs nothing for each of 8,000,000 parts (guestModels: %s)',
    async (guestModels) => {
      await withGuest({ guestModels }, async (guest) => {
        // 64 MiB: each of the parts is an empty one at address 0.
        expect(await guest.exports.grow(1024)).toBe(16);
        const time = await processorTime(async () => {
          const errno = await guest.exports.load(0, 8_000_000, sumModel.encoding, 0, place.result);
          expect(errno).toBe(guestModels === 'deny' ? unsupported_operation : invalid_argument);
        });
        expect(time).toBeLessThan(500);
      });
    },
  );

  it('is told of on a channel, when it begins to load and when it has ended', async () => {
    const events: unknown[] = [];
    const listener = (event: unknown) => events.push(event);
    subscribe(modelLoadChannelName, listener);
    try {
      await withGuest({}, async (guest) => {
        const [builders, count] = await guest.storeModel();
        expect(await guest.exports.load(builders, count, sumModel.encoding, 0, place.result)).toBe(success);
      });
    } finally {
      unsubscribe(modelLoadChannelName, listener);
    }
    expect(events).toEqual([{ phase: 'begin' }, { phase: 'end' }]);
  });

  it('is one of maxGraphs, and unloading makes room', async () => {
    await withGuest({ maxGraphs: 2 }, async (guest) => {
      const [builders, count] = await guest.storeModel();
      const load = () => guest.exports.load(builders, count, sumModel.encoding, 0, place.result);
      expect([await load(), await load(), await load()]).toEqual([success, success, too_large]);
      expect(await guest.exports.unload(0)).toBe(success);
      expect([await load(), await load()]).toEqual([success, too_large]);
    });
  });

  it('is counted by its bytes, which a failed load gives back', async () => {
    await withGuest({ maxBytes: 1 << 19 }, async (guest) => {
      await guest.storeNumbers(place.builders, place.parts, 300_000);
      const loadLarge = () => guest.exports.load(place.builders, 1, sumModel.encoding, 0, place.result);
      // The bytes are not a model; had they stayed counted, the second would be too large.
      expect([await loadLarge(), await loadLarge()]).toEqual([invalid_argument, invalid_argument]);
      await guest.storeNumbers(place.builders, place.parts, 600_000);
      expect(await loadLarge()).toBe(too_large);
    });
  });
});

describe('contexts and tensors', () => {
  it('are as many as maxContexts, 256 unless the host says so', async () => {
    const fill = async (guest: RawNn) => {
      const graph = await guest.loadModel();
      let count = 0;
      while ((await guest.exports.init_execution_context(graph, place.result)) === success) count++;
      expect(await guest.exports.init_execution_context(graph, place.result)).toBe(too_large);
      expect(await guest.exports.finalize_execution_context(0)).toBe(success);
      expect(await guest.exports.init_execution_context(graph, place.result)).toBe(success);
      return count;
    };
    await withGuest({}, async (guest) => expect(await fill(guest)).toBe(256));
    await withGuest({ maxContexts: 3 }, async (guest) => expect(await fill(guest)).toBe(3));
  });

  it('hold maxBytes together: inputs, and results whose size nobody could foresee', async () => {
    await withGuest({ maxBytes: 1 << 20 }, async (guest) => {
      const graph = await guest.loadModel();
      const elements = 60_000;
      await guest.storeNumbers(place.dimensions, elements);
      await guest.storeNumbers(place.record, place.dimensions, 1, 1, place.parts, elements * 4);
      const set = (context: number, index: number) => guest.exports.set_input(context, index, place.record);
      const [first, second] = [await guest.createContext(graph), await guest.createContext(graph)];
      // 240,000 bytes each: four fit into 1 MiB, also when one is set again.
      expect([await set(first, 0), await set(first, 1), await set(first, 1), await set(second, 0)]).toEqual([
        0, 0, 0, 0,
      ]);
      expect(await guest.exports.compute(first)).toBe(success);
      expect(await set(second, 1)).toBe(too_large);
      expect(await guest.exports.finalize_execution_context(first)).toBe(success);
      expect(await set(second, 1)).toBe(success);
    });
  });

  it('are counted for what a model tells of its contexts', async () => {
    const backend = sumBackend();
    backend.contextBytes = 1 << 19;
    const plugin = sumPlugin({ maxBytes: 1 << 20 }, backend);
    using runtime = await createRuntime({ plugins: [plugin] });
    const guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
    const graph = await guest.loadModel();
    await guest.createContext(graph);
    expect(await guest.exports.init_execution_context(graph, place.result)).toBe(too_large);
  });

  it('take no empty tensor whose other dimensions a model could make many elements of', async () => {
    await withGuest({}, async (guest) => {
      const context = await guest.createContext(await guest.loadModel());
      const set = async (...shape: readonly number[]) =>
        guest.exports.set_input(context, 0, await guest.storeTensor([], shape));
      expect(await set(0, 65_536, 65_536)).toBe(too_large);
      expect(await set(0, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff)).toBe(too_large);
      expect(await set(0, 1024, 1024)).toBe(success);
      expect(
        await guest.exports.set_input(context, 0, await guest.storeTensor([], new Array(47).fill(1))),
      ).toBe(invalid_argument);
    });
  });
});

describe('a name and a configuration', () => {
  const big = 70_000;

  it('are no longer than 64 KiB, and no message repeats a long name', async () => {
    await withGuest({}, async (guest, _runtime, lines) => {
      const { load_by_name, load_by_name_with_config } = guest.exports;
      const [name, length] = await guest.storeName('road');
      expect(await load_by_name(place.parts, big, place.result)).toBe(too_large);
      expect(await load_by_name_with_config(name, length, place.parts, big, place.result)).toBe(too_large);
      expect(await load_by_name_with_config(place.parts, big, place.parts, 0, place.result)).toBe(too_large);
      expect(await load_by_name(place.parts, 65_536, place.result)).toBe(NnErrno.not_found);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(1000);
    });
  });

  it.each([
    ['nested too deep', '['.repeat(40) + ']'.repeat(40), invalid_argument],
    ['nested too deep and open', '{"a":'.repeat(12_000), invalid_argument],
    ['of too many members', `{"a":[${'0,'.repeat(5000)}0]}`, invalid_argument],
    ['with brackets in a text', `{${' '.repeat(9)}}`, success],
  ])('is looked at before it is parsed: one %s', async (_what, text, errno) => {
    const backend = sumBackend();
    const plugin = sumPlugin({ models: { road: { text: modelFile('sum 2') } } }, backend);
    using runtime = await createRuntime({ plugins: [plugin] });
    const guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
    const [name, length] = await guest.storeName('road');
    await guest.store(place.parts, new TextEncoder().encode(text));
    const answer = await guest.exports.load_by_name_with_config(
      name,
      length,
      place.parts,
      text.length,
      place.result,
    );
    expect(answer).toBe(errno);
    // The backend, which would parse it, has seen the last one only.
    expect(backend.alive > 0).toBe(errno === success);
  });
});
