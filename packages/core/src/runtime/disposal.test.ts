import { expect, it } from 'vitest';
import { adder, forEachEngine } from '../__fixtures__/engines.js';
import { expectError, expectThrows, thrownBy } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  DisposedError,
  type GuestMemory,
  hostFunction,
  hostModule,
  type Instance,
  type Plugin,
  type Runtime,
} from '../index.js';

const everything = wat(`(module
  (memory (export "memory") 1)
  (global (export "global") (mut i32) (i32.const 1))
  (table (export "table") 2 funcref)
  (elem (i32.const 0) $one)
  (func $one (export "one") (result i32) i32.const 1))`);

const gone = [
  DisposedError,
  'ERR_DISPOSED',
  /was disposed; create a new one, or dispose of it later/,
] as const;

/** Uses everything that an instance handed out before; each must be refused. */
function expectAllRefused(parts: ReturnType<typeof partsOf>): void {
  const { guest, one, memory, view, global, table, element } = parts;
  for (const use of [
    () => one(),
    () => guest.exports.one?.(),
    () => memory.readU8(0),
    () => memory.writeU8(0, 1),
    () => memory.byteLength,
    () => memory.contains(0, 1),
    () => memory.bytes(0, 1),
    () => memory.borrow(0, 1, () => 1),
    () => memory.grow(1),
    () => view.bytes,
    () => global.get(),
    () => global.set(3),
    () => table.length,
    () => table.get(0),
    () => table.set(0, null),
    () => table.grow(1),
    () => element(),
    () => guest.memory?.readU8(0),
    () => guest.exportedMemory('memory').readU8(0),
    () => guest.exportedGlobal('global').get(),
    () => guest.exportedTable('table').length,
  ]) {
    expectThrows(use, ...gone);
  }
}

function partsOf(guest: Instance) {
  const memory = guest.exportedMemory('memory');
  const table = guest.exportedTable('table');
  return {
    guest,
    one: guest.exports.one as () => unknown,
    memory,
    view: memory.view(0, 4),
    global: guest.exportedGlobal('global'),
    table,
    element: table.get(0) as () => unknown,
  };
}

forEachEngine((engine) => {
  it('refuses everything of an instance after its disposal, and only that', async () => {
    using runtime = await createRuntime({ engine });
    const parts = partsOf(runtime.instantiate(everything));
    const other = runtime.instantiate(everything);
    expect([parts.one(), parts.element(), other.exports.one?.()]).toEqual([1, 1, 1]);
    parts.guest[Symbol.dispose]();
    expectAllRefused(parts);
    expect(other.exports.one?.()).toBe(1);
    expect(runtime.instantiate(everything).exports.one?.()).toBe(1);
  });

  it('refuses everything of a runtime and its instances after its disposal', async () => {
    const runtime = await createRuntime({ engine, wasi: { stdout: 'capture' } });
    const parts = partsOf(runtime.instantiate(everything));
    runtime[Symbol.dispose]();
    expectAllRefused(parts);
    expectThrows(() => runtime.instantiate(adder), ...gone);
    expectThrows(() => runtime.run(adder), ...gone);
    // What was found out before stays readable.
    expect(runtime.report().engine).toBe(engine);
    expect(runtime.stdout).toEqual(new Uint8Array());
  });

  it('lets everything be disposed twice, in any order', async () => {
    const runtime = await createRuntime({ engine });
    const first = runtime.instantiate(everything);
    const second = runtime.instantiate(everything);
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    runtime[Symbol.dispose]();
    second[Symbol.dispose]();
    runtime[Symbol.dispose]();
    first[Symbol.dispose]();
    expectThrows(() => second.exports.one?.(), ...gone);
  });

  it('frees 200 runtimes and instances, whichever of them is disposed', async () => {
    for (let round = 0; round < 200; round++) {
      const runtime = await createRuntime({ engine });
      const guest = runtime.instantiate(everything);
      expect(guest.exports.one?.()).toBe(1);
      if (round % 2 === 0) guest[Symbol.dispose]();
      runtime[Symbol.dispose]();
    }
  });

  it('waits with the end of a runtime that a host function disposes until the guest has returned', async () => {
    let runtime: Runtime | undefined;
    const seen: unknown[] = [];
    const ended: string[] = [];
    const end = hostFunction(['i32'], ['i32'], (caller, value) => {
      runtime?.[Symbol.dispose]();
      runtime?.[Symbol.dispose]();
      seen.push(caller.memory.readString(0, 5), [...ended]);
      seen.push((thrownBy(() => runtime?.instantiate(adder)) as DisposedError).code);
      return value + 1;
    });
    const plugin: Plugin = {
      name: 'test',
      provider: 'embedded',
      moduleNames: [],
      create: () => ({ modules: [], [Symbol.dispose]: () => void ended.push('plug-in') }),
    };
    runtime = await createRuntime({ engine, hostModules: [hostModule('env', { end })], plugins: [plugin] });
    const guest = runtime.instantiate(
      wat(`(module (import "env" "end" (func $end (param i32) (result i32)))
        (memory (export "memory") 1) (data (i32.const 0) "hello")
        (func (export "run") (result i32)
          (local $i i32)
          (local.set $i (call $end (i32.const 1)))
          (memory.fill (i32.const 0) (i32.const 42) (i32.const 65536))
          (i32.add (local.get $i) (i32.load8_u (i32.const 100)))))`),
    );
    const memory = guest.memory as GuestMemory;
    expect(guest.exports.run?.()).toBe(2 + 42);
    expect(seen).toEqual(['hello', [], 'ERR_DISPOSED']);
    expect(ended).toEqual(['plug-in']);
    expectThrows(() => memory.readU8(0), ...gone);
    expectThrows(() => guest.exports.run?.(), ...gone);
  });

  it('waits with the end of an instance that a host function disposes until it has returned', async () => {
    let guest: Instance | undefined;
    const end = hostFunction([], ['i32'], () => {
      guest?.[Symbol.dispose]();
      expectThrows(() => guest?.exports.run?.(), ...gone);
      return 5;
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { end })] });
    guest = runtime.instantiate(
      wat(`(module (import "env" "end" (func $end (result i32))) (memory (export "memory") 1)
        (func (export "run") (result i32)
          (local $i i32)
          (local.set $i (call $end))
          (memory.fill (i32.const 0) (i32.const 37) (i32.const 65536))
          (i32.add (local.get $i) (i32.load8_u (i32.const 9)))))`),
    );
    expect(guest.exports.run?.()).toBe(42);
    expectThrows(() => guest?.exports.run?.(), ...gone);
    expect(runtime.instantiate(adder).exports.add?.(2, 2)).toBe(4);
  });

  it('ends a runtime that is disposed while its guest traps or a host function throws', async () => {
    for (const fails of [true, false]) {
      let runtime: Runtime | undefined;
      const end = hostFunction([], [], () => {
        runtime?.[Symbol.dispose]();
        if (fails) throw new Error('boom');
      });
      runtime = await createRuntime({ engine, hostModules: [hostModule('env', { end })] });
      const { exports } = runtime.instantiate(
        wat('(module (import "env" "end" (func $end)) (func (export "run") call $end unreachable))'),
      );
      expect((thrownBy(() => exports.run?.()) as Error).message).toMatch(fails ? /boom/ : /unreachable/);
      expectError(
        thrownBy(() => exports.run?.()),
        ...gone,
      );
    }
  });

  it('lets a host function dispose its runtime while a guest is instantiated or run', async () => {
    for (const start of ['(start $end)', '(func (export "_initialize") call $end)']) {
      let runtime: Runtime | undefined;
      const end = hostFunction([], [], () => runtime?.[Symbol.dispose]());
      runtime = await createRuntime({ engine, hostModules: [hostModule('env', { end })] });
      const guest = runtime.instantiate(
        wat(
          `(module (import "env" "end" (func $end)) (func (export "one") (result i32) i32.const 1) ${start})`,
        ),
      );
      expectThrows(() => guest.exports.one?.(), ...gone);
    }
    let runtime: Runtime | undefined;
    const end = hostFunction([], [], () => runtime?.[Symbol.dispose]());
    runtime = await createRuntime({ engine, hostModules: [hostModule('env', { end })] });
    expect(
      runtime.run(wat('(module (import "env" "end" (func $end)) (func (export "_start") call $end))')),
    ).toBe(0);
    expectThrows(() => runtime?.run(adder), ...gone);
  });

  it('refuses the caller of a host function after the call', async () => {
    let kept: { memory: GuestMemory } | undefined;
    let keptMemory: GuestMemory | undefined;
    const call = hostFunction([], [], (caller) => {
      kept = caller;
      keptMemory = caller.memory;
    });
    const runtime = await createRuntime({ engine, hostModules: [hostModule('env', { call })] });
    const guest = runtime.instantiate(
      wat(
        '(module (import "env" "call" (func $call)) (memory (export "memory") 1) (func (export "run") call $call))',
      ),
    );
    guest.exports.run?.();
    guest[Symbol.dispose]();
    expectThrows(() => keptMemory?.readU8(0), ...gone);
    expectThrows(() => kept?.memory.readU8(0), ...gone);
    runtime[Symbol.dispose]();
    expectThrows(() => keptMemory?.readU8(0), ...gone);
  });

  it('disposes the plug-ins that were made when a later one fails, and hands on its error', async () => {
    const boom = new Error('boom');
    const ended: string[] = [];
    const plugin = (name: string, create: Plugin['create']): Plugin => ({
      name,
      provider: 'embedded',
      moduleNames: [],
      create,
    });
    const plugins = [
      plugin('first', () => ({ modules: [], [Symbol.dispose]: () => void ended.push('first') })),
      plugin('second', () => {
        throw boom;
      }),
    ];
    await expect(createRuntime({ engine, plugins })).rejects.toBe(boom);
    expect(ended).toEqual(['first']);
  });
});
