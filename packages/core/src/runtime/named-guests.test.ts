import { expect, it } from 'vitest';
import { adder, forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  DuplicateNameError,
  GuestTrapError,
  hostFunction,
  hostModule,
  ImportMismatchError,
  InvalidArgumentError,
  MissingImportError,
  signature,
  UnknownExportError,
} from '../index.js';

const provider = wat(`(module
  (memory (export "memory") 1 4)
  (global (export "counter") (mut i32) (i32.const 5))
  (global (export "constant") i64 (i64.const 9))
  (table (export "table") 4 funcref)
  (elem (i32.const 0) $bump)
  (func $bump (export "bump") (result i32)
    (global.set 0 (i32.add (global.get 0) (i32.const 1)))
    (i32.store8 (i32.const 64) (global.get 0))
    (global.get 0))
  (func (export "trap") unreachable))`);

const user = wat(`(module
  (import "provider" "memory" (memory 1))
  (import "provider" "counter" (global $counter (mut i32)))
  (import "provider" "constant" (global $constant i64))
  (import "provider" "table" (table 1 funcref))
  (import "provider" "bump" (func $bump (result i32)))
  (import "provider" "trap" (func $trap))
  (type $result (func (result i32)))
  (export "memory" (memory 0))
  (export "bumpAgain" (func $bump))
  (func (export "bump") (result i32) call $bump)
  (func (export "trap") call $trap)
  (func (export "counter") (result i32) global.get $counter)
  (func (export "constant") (result i64) global.get $constant)
  (func (export "reset") i32.const 0 global.set $counter)
  (func (export "byte") (result i32) (i32.load8_u (i32.const 64)))
  (func (export "throughTable") (result i32) (call_indirect (type $result) (i32.const 0)))
  (func (export "grow") (result i32) (memory.grow (i32.const 1))))`);

forEachEngine((engine) => {
  it('imports functions, memories, globals and tables of a named guest', async () => {
    using runtime = await createRuntime({ engine });
    const a = runtime.instantiate(provider, { name: 'provider' });
    const b = runtime.instantiate(user);
    expect([b.exports.bump?.(), b.exports.counter?.(), b.exports.byte?.()]).toEqual([6, 6, 6]);
    expect(b.exports.throughTable?.()).toBe(7);
    expect(a.exportedGlobal('counter').get()).toBe(7);
    b.exports.reset?.();
    expect([a.exports.bump?.(), b.exports.constant?.()]).toEqual([1, 9n]);
    expect([a.memory?.readU8(64), b.memory?.readU8(64)]).toEqual([1, 1]);
    b.memory?.writeU8(64, 200);
    expect(a.memory?.readU8(64)).toBe(200);
    expect([b.exports.grow?.(), a.memory?.pages, b.memory?.pages]).toEqual([1, 2, 2]);
    expect([a.memory?.grow(1), b.memory?.pages]).toEqual([2, 3]);
    const trap = expectThrows(() => b.exports.trap?.(), GuestTrapError, 'ERR_GUEST_TRAP');
    expect(trap.trap).toBe('unreachable');
  });

  it('keeps a guest that imported from a disposed one working, or answers with a typed error', async () => {
    using runtime = await createRuntime({ engine });
    const a = runtime.instantiate(provider, { name: 'provider' });
    const b = runtime.instantiate(user);
    const own = b.memory;
    a[Symbol.dispose]();
    expect([b.exports.bump?.(), b.exports.throughTable?.(), b.exports.byte?.()]).toEqual([6, 7, 7]);
    expect([b.exports.grow?.(), b.exports.bumpAgain?.()]).toEqual([1, 8]);
    try {
      expect(own?.readU8(64)).toBe(8);
    } catch (error) {
      expect(error).toMatchObject({ code: 'ERR_DISPOSED' });
    }
    b[Symbol.dispose]();
    expect(runtime.instantiate(adder).exports.add?.(2, 2)).toBe(4);
  });

  it('lets the importing guest end first', async () => {
    using runtime = await createRuntime({ engine });
    const a = runtime.instantiate(provider, { name: 'provider' });
    runtime.instantiate(user)[Symbol.dispose]();
    expect([a.exports.bump?.(), runtime.instantiate(user).exports.bump?.()]).toEqual([6, 7]);
  });

  it('frees the name at disposal, for another guest that keeps it', async () => {
    using runtime = await createRuntime({ engine });
    const first = runtime.instantiate(provider, { name: 'provider' });
    first.exports.bump?.();
    first[Symbol.dispose]();
    expectThrows(() => runtime.instantiate(user), MissingImportError, 'ERR_MISSING_IMPORT', /provider/);
    const second = runtime.instantiate(provider, { name: 'provider' });
    first[Symbol.dispose]();
    expect(runtime.instantiate(user).exports.bump?.()).toBe(6);
    expect(second.exports.bump?.()).toBe(7);
  });

  it('frees the name also where others go on using the guest', async () => {
    using runtime = await createRuntime({ engine });
    const first = runtime.instantiate(provider, { name: 'provider' });
    const before = runtime.instantiate(user);
    first.exports.bump?.();
    first[Symbol.dispose]();
    const second = runtime.instantiate(provider, { name: 'provider' });
    const after = runtime.instantiate(user);
    expect([before.exports.bump?.(), after.exports.bump?.(), second.exports.bump?.()]).toEqual([7, 6, 7]);
    expect([before.exports.throughTable?.(), after.exports.byte?.()]).toEqual([8, 7]);
    expectThrows(
      () => runtime.instantiate(adder, { name: 'provider' }),
      DuplicateNameError,
      'ERR_DUPLICATE_NAME',
    );
  });

  it('lets a guest import what another one passes on, whichever numbers their types have', async () => {
    const increment = hostFunction(['i32'], ['i32'], (_caller, value) => value + 1);
    using runtime = await createRuntime({ engine, hostModules: [hostModule('host', { increment })] });
    runtime.instantiate(
      wat(`(module (type $get (func (result i64))) (type $add (func (param i32) (result i32)))
        (import "host" "increment" (func $increment (type $add)))
        (func (export "get") (type $get) (i64.const 7)) (export "increment" (func $increment)))`),
      { name: 'first' },
    );
    runtime.instantiate(
      wat(`(module (type $add (func (param i32) (result i32))) (type $get (func (result i64)))
        (import "first" "get" (func $get (type $get))) (import "first" "increment" (func $increment (type $add)))
        (export "more" (func $increment)) (export "got" (func $get)))`),
      { name: 'second' },
    );
    const third = runtime.instantiate(
      wat(`(module (type $run (func)) (type $get (func (result i64))) (type $add (func (param i32) (result i32)))
        (import "second" "got" (func $get (type $get))) (import "second" "more" (func $increment (type $add)))
        (export "get" (func $get)) (export "increment" (func $increment))
        (func (export "both") (result i32) (call $increment (i32.wrap_i64 (call $get)))))`),
    );
    expect([third.exports.get?.(), third.exports.increment?.(1), third.exports.both?.()]).toEqual([7n, 2, 8]);
    expectThrows(
      () => runtime.instantiate(wat('(module (import "second" "got" (func (result i32))))')),
      ImportMismatchError,
      'ERR_IMPORT_MISMATCH',
      /"second"\."got"/,
    );
  });

  it('leaves the name free when a guest could not be instantiated', async () => {
    using runtime = await createRuntime({ engine });
    const trapping = wat('(module (func $start unreachable) (start $start))');
    expectThrows(() => runtime.instantiate(trapping, { name: 'provider' }), GuestTrapError, 'ERR_GUEST_TRAP');
    expectThrows(
      () => runtime.instantiate(provider, { name: 'provider', exports: { no: signature([], []) } }),
      UnknownExportError,
      'ERR_UNKNOWN_EXPORT',
    );
    runtime.instantiate(provider, { name: 'provider' });
    expect(runtime.instantiate(user).exports.bump?.()).toBe(6);
  });

  it('refuses a name that is taken, and leaves who has it', async () => {
    const module = hostModule('env', { f: hostFunction([], [], () => {}) });
    using runtime = await createRuntime({ engine, hostModules: [module] });
    runtime.instantiate(provider, { name: 'provider' });
    for (const name of ['provider', 'env']) {
      expectThrows(
        () => runtime.instantiate(adder, { name }),
        DuplicateNameError,
        'ERR_DUPLICATE_NAME',
        new RegExp(`"${name}"`),
        /choose another/,
      );
    }
    expect(runtime.instantiate(user).exports.bump?.()).toBe(6);
  });

  it('does not share names between runtimes', async () => {
    using runtime = await createRuntime({ engine });
    using other = await createRuntime({ engine });
    runtime.instantiate(provider, { name: 'provider' });
    expectThrows(
      () => other.instantiate(user),
      MissingImportError,
      'ERR_MISSING_IMPORT',
      /under that name first/,
    );
  });

  it('takes the empty string and other text as a name, and nothing but text', async () => {
    using runtime = await createRuntime({ engine });
    for (const name of ['', 'größe 🧭', 'a\0b', 'x'.repeat(10_000)]) {
      runtime.instantiate(adder, { name });
      const importing = wat(
        `(module (import ${JSON.stringify(name).replace('\\u0000', '\\00')} "add" (func $add (param i32 i32) (result i32))) (export "add" (func $add)))`,
      );
      expect(runtime.instantiate(importing).exports.add?.(20, 22)).toBe(42);
    }
    for (const name of [5, null, {}]) {
      expectThrows(
        () => runtime.instantiate(adder, { name: name as never }),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        /name/,
      );
    }
  });

  it('refuses to import another kind, signature, size or mutability than there is', async () => {
    using runtime = await createRuntime({ engine });
    runtime.instantiate(provider, { name: 'provider' });
    for (const wanted of [
      '"bump" (func)',
      '"bump" (func (param i32) (result i32))',
      '"bump" (memory 1)',
      '"memory" (func)',
      '"memory" (memory 2)',
      '"memory" (memory 1 2)',
      '"table" (table 5 funcref)',
      '"table" (table 1 externref)',
      '"counter" (global i32)',
      '"counter" (global (mut i64))',
      '"constant" (global (mut i64))',
    ]) {
      const name = /"(\w+)"/.exec(wanted)?.[1];
      expectThrows(
        () => runtime.instantiate(wat(`(module (import "provider" ${wanted}))`)),
        ImportMismatchError,
        'ERR_IMPORT_MISMATCH',
        // How large a memory or table is by now is checked by the engine, which does not name it.
        /\((memory|table) \d/.test(wanted) ? /import/ : new RegExp(`"provider"."${name}"`),
      );
    }
    expect(runtime.instantiate(user).exports.bump?.()).toBe(6);
  });

  it('names an export that the named guest lacks', async () => {
    using runtime = await createRuntime({ engine });
    runtime.instantiate(provider, { name: 'provider' });
    expectThrows(
      () => runtime.instantiate(wat('(module (import "provider" "other" (func)))')),
      MissingImportError,
      'ERR_MISSING_IMPORT',
      /"provider"\."other"/,
    );
  });

  it('gives a host function the memory of the guest that calls it, also through another guest', async () => {
    const read = hostFunction([], ['i32'], (caller) => caller.memory.readU8(0));
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { read })] });
    const guest = (byte: string, more: string) =>
      wat(`(module (import "env" "read" (func $read (result i32))) ${more}
        (memory (export "memory") 1) (data (i32.const 0) "${byte}") (func (export "read") (result i32) call $read))`);
    const first = runtime.instantiate(guest('A', ''), { name: 'first' });
    const second = runtime.instantiate(
      guest(
        'B',
        '(import "first" "read" (func $other (result i32))) (func (export "other") (result i32) call $other)',
      ),
    );
    // Whose code makes the call counts: `other` runs the code of the first guest.
    expect([first.exports.read?.(), second.exports.read?.(), second.exports.other?.()]).toEqual([65, 66, 65]);
  });
});
