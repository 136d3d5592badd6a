import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, DisposedError, hostFunction, hostModule, NoMemoryError } from '../index.js';

// WebAssembly, "Instances": an export is an external address, and what is imported is the address of what is exported; an object of the store is the
// same whoever exports it. It lives as long as it can be reached.

const owner = wat(`(module (table (export "table") 2 funcref) (elem (i32.const 0) $one $two)
  (func $one (export "one") (export "alias") (result i32) i32.const 1)
  (func $two (result i32) i32.const 2)
  (func (export "get") (result funcref) (table.get 0 (i32.const 0)))
  (memory (export "memory") 1) (data (i32.const 0) "owner"))`);
const again =
  wat(`(module (import "owner" "one" (func $one (result i32))) (import "owner" "get" (func $get (result funcref)))
  (import "owner" "memory" (memory 1)) (import "owner" "table" (table 1 funcref))
  (export "again" (func $one)) (export "get" (func $get)) (export "memory" (memory 0)) (export "table" (table 0)))`);

const gone = [DisposedError, 'ERR_DISPOSED', /was disposed/] as const;

forEachEngine((engine) => {
  it('has one function for each that guests export, under any name', async () => {
    using runtime = await createRuntime({ engine });
    const a = runtime.instantiate(owner, { name: 'owner' });
    const b = runtime.instantiate(again);
    const one = b.exports.again;
    expect(a.exports.one).toBe(one);
    expect(a.exports.alias).toBe(one);
    expect([a.exportedTable('table').get(0), b.exportedTable('table').get(0)]).toEqual([one, one]);
    expect([a.exports.get?.(), b.exports.get?.()]).toEqual([one, one]);
    expect(a.exportedTable('table').get(1)).toBe(b.exportedTable('table').get(1));
    expect(a.exports.get).toBe(b.exports.get);
    const other = runtime.instantiate(owner);
    expect(other.exports.one).not.toBe(one);
  });

  it('has one function for each of the host that guests export', async () => {
    const f = hostFunction(['i32'], ['i32'], (_caller, value) => value + 1);
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { f })] });
    const importing = wat(
      `(module (import "env" "f" (func $f (param i32) (result i32))) (export "f" (func $f)))`,
    );
    const a = runtime.instantiate(importing, { name: 'a' });
    const b = runtime.instantiate(importing);
    const through = runtime.instantiate(
      wat(`(module (import "a" "f" (func $f (param i32) (result i32))) (export "g" (func $f)))`),
    );
    expect(a.exports.f).toBe(b.exports.f);
    expect(through.exports.g).toBe(a.exports.f);
    expect(a.exports.f?.(41)).toBe(42);
    a[Symbol.dispose]();
    b[Symbol.dispose]();
    expect(through.exports.g?.(41)).toBe(42);
    through[Symbol.dispose]();
    expectThrows(() => through.exports.g?.(41), ...gone);
  });

  it('has them when no guest that exports them lives, and when another one was freed meanwhile', async () => {
    const f = hostFunction(['i32'], ['i32'], (_caller, value) => value + 1);
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { f })] });
    const importing = wat(
      `(module (import "env" "f" (func $f (param i32) (result i32))) (export "f" (func $f)) (func (export "own")))`,
    );
    const a = runtime.instantiate(importing, { name: 'a' });
    const b = runtime.instantiate(
      wat(
        '(module (import "a" "own" (func $own)) (func (export "call") (call $own)) (export "own" (func $own)))',
      ),
    );
    const { f: host, own } = a.exports;
    a[Symbol.dispose]();
    runtime.instantiate(importing)[Symbol.dispose]();
    expectThrows(() => host?.(41), ...gone);
    expect(b.exports.own).toBe(own);
    expect(own?.()).toBe(undefined);
    const c = runtime.instantiate(importing);
    expect([c.exports.f === host, host?.(41)]).toEqual([true, 42]);
  });

  it('keeps what a guest exports that another one exported again until then', async () => {
    using runtime = await createRuntime({ engine });
    const a = runtime.instantiate(owner, { name: 'owner' });
    const b = runtime.instantiate(again);
    const table = a.exportedTable('table');
    const [, two] = [b.exports.again, b.exportedTable('table').get(1) as () => unknown];
    b[Symbol.dispose]();
    expect([a.exports.one?.(), (table.get(0) as () => unknown)(), (table.get(1) as () => unknown)()]).toEqual(
      [1, 1, 2],
    );
    expect(two()).toBe(2);
    expect(a.memory?.readString(0, 5)).toBe('owner');
    a[Symbol.dispose]();
    expectThrows(() => a.exports.one?.(), ...gone);
    expectThrows(() => two(), ...gone);
  });

  it('keeps what a guest has of another one that was disposed', async () => {
    using runtime = await createRuntime({ engine });
    const a = runtime.instantiate(owner, { name: 'owner' });
    const b = runtime.instantiate(again);
    const { one, get } = a.exports;
    const ownMemory = a.memory;
    const memory = b.memory;
    const table = b.exportedTable('table');
    const two = table.get(1) as () => unknown;
    a[Symbol.dispose]();
    // The guest that imported it exports it too.
    expect([one?.(), b.exports.again?.(), two(), (table.get(0) as () => unknown)()]).toEqual([1, 1, 2, 1]);
    expect(get?.()).toBe(one);
    expect([memory?.readString(0, 5), b.exportedMemory('memory').readString(0, 5)]).toEqual([
      'owner',
      'owner',
    ]);
    expect([memory?.grow(1), memory?.pages]).toEqual([1, 2]);
    // A memory has one handle for each instance.
    expectThrows(() => ownMemory?.readU8(0), ...gone);
    b[Symbol.dispose]();
    expectThrows(() => memory?.readU8(0), ...gone);
    for (const use of [one, get, two]) expectThrows(() => use?.(), ...gone);
  });

  it('is the same function when the host gets it again after nobody had it', async () => {
    using runtime = await createRuntime({ engine });
    const a = runtime.instantiate(owner, { name: 'owner' });
    const { one } = a.exports;
    const b = runtime.instantiate(
      wat('(module (import "owner" "table" (table 1 funcref)) (export "table" (table 0)))'),
    );
    a[Symbol.dispose]();
    expectThrows(() => one?.(), ...gone);
    expect(b.exportedTable('table').get(0)).toBe(one);
    expect(one?.()).toBe(1);
  });

  it('refuses a function of nobody who lives as a reference', async () => {
    using runtime = await createRuntime({ engine });
    const a = runtime.instantiate(owner);
    const one = a.exports.one as () => unknown;
    a[Symbol.dispose]();
    const table = runtime.instantiate(owner).exportedTable('table');
    expectThrows(() => table.set(0, one), ...gone);
  });

  it('is called by the guest whose code makes the call, also through a guest that exports the host function again', async () => {
    const seen: object[] = [];
    const read = hostFunction([], ['i32'], (caller) => {
      seen.push(caller.instance);
      return caller.memory.readU8(0);
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { read })] });
    const guest = (from: string, byte: string) =>
      wat(`(module (import "${from}" "read" (func $read (result i32))) (memory (export "memory") 1)
        (data (i32.const 0) "${byte}") (export "read" (func $read)) (func (export "call") (result i32) call $read))`);
    const a = runtime.instantiate(guest('env', 'A'), { name: 'a' });
    const b = runtime.instantiate(guest('a', 'B'), { name: 'b' });
    const c = runtime.instantiate(guest('b', 'C'));
    expect([a, b, c, b, a].map(({ exports }) => exports.call?.())).toEqual([65, 66, 67, 66, 65]);
    expect(new Set(seen).size).toBe(3);
    // The host itself calls: there is no guest.
    for (const { exports } of [a, b, c]) {
      expectThrows(
        () => exports.read?.(),
        NoMemoryError,
        'ERR_NO_MEMORY',
        /no guest memory.*function of its own/,
      );
    }
    a[Symbol.dispose]();
    b[Symbol.dispose]();
    expect(c.exports.call?.()).toBe(67);
  });
});
