import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { forEachEngine, forEngine } from '../__fixtures__/engines.js';
import { expectRejects, expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  CannotCrossError,
  createRuntime,
  DisposedError,
  GuestTimeoutError,
  hostFunction,
  hostGlobal,
  hostMemory,
  hostModule,
  hostTable,
  InstanceLostError,
  InvalidArgumentError,
  MemoryLimitError,
  MemoryRangeError,
  type PlacedRuntime,
  UnsupportedByPlacementError,
} from '../index.js';
import { temporaryFolder } from '../wasi/__fixtures__/temporary-folder.js';

const memory = hostMemory({ minimum: 1, maximum: 3 });
const counter = hostGlobal('i64', 40n, { mutable: true });
const table = hostTable('funcref', { minimum: 1 });
const any = hostGlobal('externref', null, { mutable: true });
const asked: number[] = [];
const ask = hostFunction(['i32'], ['i32'], (_caller, value) => asked.push(value), { on: 'caller' });
const items = { memory, counter, table, any, ask };

const guest = wat(`(module
  (import "env" "memory" (memory 1 3)) (import "env" "counter" (global $counter (mut i64)))
  (import "env" "table" (table 1 funcref)) (import "env" "ask" (func $ask (param i32) (result i32)))
  (func (export "count") (result i32)
    (global.set $counter (i64.add (global.get $counter) (i64.const 1)))
    (i32.store (i32.const 8) (call $ask (i32.load (i32.const 4))))
    (i32.load (i32.const 8)))
  (func (export "loop") (loop (br 0))))`);

forEachEngine((engine) => {
  describe.each(['worker', 'process'] as const)('placement %s', (placement) => {
    let runtime: PlacedRuntime;
    beforeAll(async () => {
      runtime = await createRuntime({ placement, engine, hostModules: [hostModule('env', items)] });
    });
    afterAll(() => runtime?.[Symbol.asyncDispose]());

    it('makes them where the guests run, and has the host use them from here', async () => {
      const shared = runtime.hostObject(memory);
      const count = runtime.hostObject(counter);
      asked.length = 0;
      await shared.write(4, Uint8Array.of(9, 1));
      const [one, other] = [await runtime.instantiate(guest), await runtime.instantiate(guest)];
      expect([await one.exports.count?.(), await other.exports.count?.(), [...asked]]).toEqual([
        1,
        2,
        [265, 265],
      ]);
      expect([[...(await shared.read(4, 5))], await count.get()]).toEqual([[9, 1, 0, 0, 2], 42n]);
      await count.set(-2n);
      await one.exports.count?.();
      expect(await count.get()).toBe(-1n);
      expect([
        await shared.pages(),
        await shared.grow(2),
        await shared.grow(1),
        await shared.pages(),
      ]).toEqual([1, 1, -1, 3]);
      await one[Symbol.asyncDispose]();
      expect(await count.get()).toBe(-1n);
    });

    it('refuses what is wrong', async () => {
      await expectRejects(
        runtime.hostObject(memory).read(3 * 65536, 1),
        MemoryRangeError,
        'ERR_MEMORY_RANGE',
        /196608/,
      );
      await expectRejects(
        runtime.hostObject(counter).set(1 as never),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        /"counter" is i64/,
      );
      expectThrows(
        () => runtime.hostObject(hostMemory({ minimum: 1 })),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        /no such memory/,
      );
      for (const [object, what] of [
        [table, /table env\.table cannot/],
        [any, /global of type externref env\.any cannot/],
      ] as const) {
        expectThrows(
          () => runtime.hostObject(object as never),
          UnsupportedByPlacementError,
          'ERR_UNSUPPORTED_BY_PLACEMENT',
          what,
        );
      }
    });

    // On engine wasmedge the call ends, and the thread or process goes on.
    it.runIf(engine === 'v8')(
      'has fresh ones in the thread or process that replaces an earlier one',
      async () => {
        const count = runtime.hostObject(counter);
        await count.set(7n);
        // One that was used, and one that was not.
        const bytes = runtime.hostObject(memory);
        const instance = await runtime.instantiate(guest);
        await expectRejects(
          instance.call('loop', [], { timeoutMs: 100 }),
          GuestTimeoutError,
          'ERR_GUEST_TIMEOUT',
          /100 ms/,
        );
        const lost = [
          InstanceLostError,
          'ERR_INSTANCE_LOST',
          /was lost .* runtime\.hostObject\(\) again/,
        ] as const;
        await expectRejects(count.get(), ...lost);
        await expectRejects(bytes.read(4, 1), ...lost);
        await expectRejects(bytes.write(4, Uint8Array.of(1)), ...lost);
        expect(await runtime.hostObject(counter).get()).toBe(40n);
        const fresh = runtime.hostObject(counter);
        await (await runtime.instantiate(guest)).exports.count?.();
        expect(await fresh.get()).toBe(41n);
        await expectRejects(count.set(1n), ...lost);
        await expectRejects(bytes.pages(), ...lost);
      },
    );
  });

  it('has none in a runtime that was disposed', async () => {
    const hostModules = [hostModule('env', { memory })];
    const runtime = await createRuntime({ placement: 'worker', engine, hostModules });
    const bytes = runtime.hostObject(memory);
    await runtime[Symbol.asyncDispose]();
    expectThrows(() => runtime.hostObject(memory), DisposedError, 'ERR_DISPOSED', /runtime was disposed/);
    await expectRejects(bytes.pages(), DisposedError, 'ERR_DISPOSED', /runtime was disposed/);
  });

  it('refuses what the limits do not allow there', async () => {
    await expectRejects(
      createRuntime({
        placement: 'worker',
        engine,
        limits: { memoryPages: 1 },
        hostModules: [hostModule('env', { memory: hostMemory({ minimum: 2 }) })],
      }),
      MemoryLimitError,
      'ERR_MEMORY_LIMIT',
      /host module env are larger/,
    );
  });
});

forEngine('wasmedge', () => {
  it('runs compiled code on them', async () => {
    const hostModules = [hostModule('env', { memory, counter })];
    const folder = temporaryFolder();
    vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
    onTestFinished(() => void vi.unstubAllEnvs());
    await using runtime = await createRuntime({
      placement: 'process',
      engine: 'wasmedge',
      aot: { mode: 'wait', cache: { directory: join(folder, 'aot') } },
      hostModules,
    });
    const instance = await runtime.instantiate(
      wat(`(module (import "env" "memory" (memory 1 3)) (import "env" "counter" (global $counter (mut i64)))
        (func (export "add") (param i32)
          (global.set $counter (i64.add (global.get $counter) (i64.load32_u (i32.const 4))))
          (i32.store (i32.const 4) (local.get 0))))`),
    );
    await runtime.hostObject(memory).write(4, Uint8Array.of(5));
    await instance.exports.add?.(0x01020304);
    expect(await runtime.hostObject(counter).get()).toBe(45n);
    expect([...(await runtime.hostObject(memory).read(4, 4))]).toEqual([4, 3, 2, 1]);
    expect(runtime.report().aot?.guests).toEqual([expect.objectContaining({ runs: 'compiled' })]);
  });
});

it('a global that starts as a reference does not cross', async () => {
  const options = {
    placement: 'worker',
    hostModules: [hostModule('env', { any: hostGlobal('externref', {}, { mutable: true }) })],
  } as const;
  await expectRejects(
    createRuntime(options),
    CannotCrossError,
    'ERR_CANNOT_CROSS',
    /global env\.any starts as a reference .* exportedAs/,
  );
});
