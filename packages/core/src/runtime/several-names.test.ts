import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  compileGuest,
  createRuntime,
  DuplicateNameError,
  hostFunction,
  hostModule,
  type Instance,
} from '../index.js';

// WebAssembly 2.0, "Instantiation": each instance has its own functions, memories, tables and globals, also of the same module.
const counter = wat(`(module
  (import "env" "step" (func $step (result i32)))
  (memory (export "memory") 1 4) (table (export "table") 2 funcref) (elem (i32.const 0) $next)
  (global $count (export "count") (mut i32) (i32.const 0))
  (func $next (export "next") (result i32)
    (global.set $count (i32.add (global.get $count) (call $step)))
    (i32.store8 (i32.const 0) (global.get $count))
    (global.get $count)))`);
const user = (from: string, other: string) =>
  wat(`(module
    (import "${from}" "next" (func $a (result i32))) (import "${other}" "next" (func $b (result i32)))
    (import "${from}" "count" (global $count (mut i32)))
    (func (export "both") (result i32) (i32.add (i32.mul (call $a) (i32.const 100)) (call $b)))
    (func (export "reset") (global.set $count (i32.const 0)))
    (export "a" (func $a)) (export "b" (func $b)))`);
const sink = wat(
  `(module (import "from" "next" (func $next (result i32))) (func (export "next") (result i32) (call $next)))`,
);
const env = hostModule('env', { step: hostFunction([], ['i32'], () => 1) });

forEachEngine((engine) => {
  const make = () => createRuntime({ engine, hostModules: [env], limits: { memoryPages: 3 } });

  it('one compiled guest under several names is several instances', async () => {
    using runtime = await make();
    using guest = await compileGuest(counter, { engine });
    const [a, b] = ['a', 'b'].map((name) => runtime.instantiate(guest, { name })) as [Instance, Instance];
    const both = runtime.instantiate(user('a', 'b'));
    expect([a.exports.next?.(), a.exports.next?.(), both.exports.both?.()]).toEqual([1, 2, 301]);
    both.exports.reset?.();
    expect([a.exportedGlobal('count').get(), b.exportedGlobal('count').get()]).toEqual([0, 1]);
    expect([a.memory?.readU8(0), b.memory?.readU8(0)]).toEqual([3, 1]);
    expect([a.memory?.grow(2), a.memory?.pages, b.memory?.pages]).toEqual([1, 3, 1]);
    expect([both.exports.a === a.exports.next, both.exports.b === b.exports.next]).toEqual([true, true]);
    expect(a.exports.next).not.toBe(b.exports.next);
    expect(a.exportedTable('table').get(0)).toBe(a.exports.next);
    expect(b.exportedTable('table').get(0)).toBe(b.exports.next);
  });

  it('each name ends with its instance, and the compiled guest may take it again', async () => {
    using runtime = await make();
    const guest = await compileGuest(counter, { engine });
    const a = runtime.instantiate(guest, { name: 'a' });
    const b = runtime.instantiate(guest, { name: 'b' });
    expectThrows(() => runtime.instantiate(guest, { name: 'b' }), DuplicateNameError, 'ERR_DUPLICATE_NAME');
    a.exports.next?.();
    a[Symbol.dispose]();
    const again = runtime.instantiate(guest, { name: 'a' });
    guest[Symbol.dispose]();
    const both = runtime.instantiate(user('a', 'b'));
    expect([again.exports.next?.(), both.exports.both?.(), b.exports.next?.()]).toEqual([1, 201, 2]);
  });

  it('a guest that imports from a name gets who has it then, and keeps it', async () => {
    using runtime = await make();
    using guest = await compileGuest(counter, { engine });
    using importer = await compileGuest(sink, { engine });
    const sinks: Instance[] = [];
    for (let round = 0; round < 5; round++) {
      const provider = runtime.instantiate(guest, { name: 'from' });
      for (let call = 0; call < round * 10; call++) provider.exports.next?.();
      sinks.push(runtime.instantiate(importer));
      provider[Symbol.dispose]();
    }
    expect(sinks.map(({ exports }) => exports.next?.())).toEqual([1, 11, 21, 31, 41]);
    sinks[1]?.[Symbol.dispose]();
    expect(sinks.filter((_, at) => at !== 1).map(({ exports }) => exports.next?.())).toEqual([2, 22, 32, 42]);
  });
});
