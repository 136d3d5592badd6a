import { describe, expect, it } from 'vitest';
import { forEachEngine, forEngine } from '../__fixtures__/engines.js';
import { expectRejects, expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  DisposedError,
  GuestTrapError,
  type HostItems,
  hostFunction,
  hostGlobal,
  hostMemory,
  hostModule,
  hostTable,
  hostTag,
  ImportMismatchError,
  InvalidArgumentError,
  MemoryLimitError,
  MissingImportError,
  UnsupportedByEngineError,
  type WasmEdgePluginsError,
} from '../index.js';

forEachEngine((engine) => {
  const make = (items: HostItems, options = {}) =>
    createRuntime({ engine, hostModules: [hostModule('env', items)], ...options });

  it('gives the guests of a runtime one memory, which the host reads and writes', async () => {
    const memory = hostMemory({ minimum: 1, maximum: 3 });
    const seen: unknown[] = [];
    const look = hostFunction([], [], (caller) => void seen.push(caller.memory.readU32(8)));
    using runtime = await make({ memory, look });
    const guest = wat(`(module (import "env" "memory" (memory 1 3)) (import "env" "look" (func $look))
      (func (export "store") (param i32) (i32.store (i32.const 8) (local.get 0)) call $look)
      (func (export "load") (result i32) (i32.load (i32.const 8)))
      (func (export "grow") (result i32) (memory.grow (i32.const 1))))`);
    const [one, other] = [runtime.instantiate(guest), runtime.instantiate(guest)];
    const shared = runtime.hostObject(memory);
    shared.writeU32(8, 7);
    expect([one.exports.load?.(), other.exports.load?.()]).toEqual([7, 7]);
    one.exports.store?.(9);
    expect([other.exports.load?.(), shared.readU32(8), one.memory?.readU32(8), seen]).toEqual([9, 9, 9, [9]]);
    expect([one.exports.grow?.(), shared.pages, other.exports.grow?.(), shared.pages]).toEqual([1, 2, 2, 3]);
    expect([other.exports.grow?.(), shared.grow(1)]).toEqual([-1, -1]);
    one[Symbol.dispose]();
    expect(other.exports.load?.()).toBe(9);
    using another = await make({ memory, look });
    expect(another.hostObject(memory).readU32(8)).toBe(0);
  });

  // As ECMA-262's Math.fround and BigInt.asIntN give them.
  it.each([
    ['i32', 0xffff_ffff, -1],
    ['i32', -(2 ** 31), -(2 ** 31)],
    ['i32', 666, 666],
    ['i32', -0, 0],
    ['i64', 2n ** 64n - 1n, -1n],
    ['i64', -(2n ** 63n), -(2n ** 63n)],
    ['i64', 64n, 64n],
    ['f32', 0.1, Math.fround(0.1)],
    ['f32', Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
    ['f64', 666.6, 666.6],
    ['f64', -0, -0],
    ['f64', Number.NaN, Number.NaN],
  ] as const)('gives guests a global of type %s that starts as %s', async (type, start, value) => {
    const global = hostGlobal(type, start as never);
    const settable = hostGlobal(type, start as never, { mutable: true });
    using runtime = await make({ global, settable });
    const guest = runtime.instantiate(
      wat(`(module (import "env" "global" (global ${type}))
        (import "env" "settable" (global $settable (mut ${type})))
        (func (export "get") (result ${type}) (global.get 0))
        (func (export "set") (param ${type}) (global.set $settable (local.get 0))))`),
    );
    expect([guest.exports.get?.(), runtime.hostObject(global).get()]).toEqual([value, value]);
    const made = runtime.hostObject(settable);
    expect([made.type, made.mutable, made.get()]).toEqual([type, true, value]);
    const other = type === 'i64' ? 5n : 5;
    guest.exports.set?.(other);
    expect(made.get()).toBe(other);
    expectThrows(
      () => runtime.hostObject(global).set(other as never),
      InvalidArgumentError,
      'ERR_INVALID_ARGUMENT',
      /"global" is immutable/,
    );
  });

  it('gives guests a global that all of them and the host set', async () => {
    const counter = hostGlobal('i64', 40n, { mutable: true });
    using runtime = await make({ counter });
    const guest = wat(`(module (import "env" "counter" (global $counter (mut i64)))
      (func (export "add") (global.set $counter (i64.add (global.get $counter) (i64.const 1)))))`);
    runtime.instantiate(guest).exports.add?.();
    runtime.instantiate(guest).exports.add?.();
    const made = runtime.hostObject(counter);
    expect(made.get()).toBe(42n);
    made.set(-1n);
    runtime.instantiate(guest).exports.add?.();
    expect(made.get()).toBe(0n);
  });

  it('gives guests globals of references', async () => {
    const start = { any: 'value' };
    const kept = hostGlobal('externref', start, { mutable: true });
    const none = hostGlobal('externref', null);
    const call = hostGlobal('funcref', null, { mutable: true });
    using runtime = await make({ kept, none, call });
    const guest = runtime.instantiate(
      wat(`(module (import "env" "kept" (global $kept (mut externref))) (import "env" "none" (global $none externref))
        (import "env" "call" (global $call (mut funcref)))
        (func $seven (export "seven") (result i32) (i32.const 7))
        (func (export "take") (result externref) (global.get $kept) (global.set $kept (global.get $none)))
        (func (export "give") (global.set $call (ref.func $seven))))`),
    );
    expect([runtime.hostObject(kept).get(), runtime.hostObject(none).get()]).toEqual([start, null]);
    expect(guest.exports.take?.()).toBe(start);
    expect([runtime.hostObject(kept).get(), runtime.hostObject(call).get()]).toEqual([null, null]);
    guest.exports.give?.();
    expect(runtime.hostObject(call).get()?.()).toBe(7);
  });

  it('gives guests a table, through which one calls the functions of another', async () => {
    const table = hostTable('funcref', { minimum: 2, maximum: 4 });
    using runtime = await make({ table });
    const giver = runtime.instantiate(
      wat(`(module (import "env" "table" (table 2 4 funcref))
        (func $seven (export "seven") (result i32) (i32.const 7)) (elem (i32.const 1) $seven))`),
    );
    const taker = runtime.instantiate(
      wat(`(module (import "env" "table" (table 1 funcref)) (type $number (func (result i32)))
        (func (export "call") (param i32) (result i32) (call_indirect (type $number) (local.get 0))))`),
    );
    const made = runtime.hostObject(table);
    expect([made.type, made.length, made.get(0), taker.exports.call?.(1)]).toEqual(['funcref', 2, null, 7]);
    expect((made.get(1) as () => number)()).toBe(7);
    made.set(0, giver.exports.seven);
    giver[Symbol.dispose]();
    expect(() => taker.exports.call?.(2)).toThrow(GuestTrapError);
    expect([made.grow(2), made.length, made.grow(1)]).toEqual([2, 4, -1]);
  });

  it('says alike on both engines what a table cannot hold', async () => {
    const table = hostTable('funcref', { minimum: 2 });
    using runtime = await make({ table });
    const made = runtime.hostObject(table);
    const refused = (use: () => unknown, message: RegExp) =>
      expectThrows(use, InvalidArgumentError, 'ERR_INVALID_ARGUMENT', message);
    refused(
      () => made.set(0, () => 1),
      /^A funcref must be null or a function that a guest of this runtime exports; [^.]*\.$/,
    );
    refused(() => made.set(0, 5), /^The table "table" holds funcref and cannot take 5\.$/);
    refused(() => made.set(2, null), /^The table "table" has 2 elements, so none at 2\.$/);
    refused(() => made.get(0.5), /^The table "table" has 2 elements, so none at 0\.5\.$/);
  });

  it('gives guests a table of external references', async () => {
    const table = hostTable('externref', { minimum: 1 });
    using runtime = await make({ table });
    const guest = runtime.instantiate(
      wat(`(module (import "env" "table" (table 1 externref))
        (func (export "get") (result externref) (table.get 0 (i32.const 0))))`),
    );
    const value = { any: 'value' };
    runtime.hostObject(table).set(0, value);
    expect(guest.exports.get?.()).toBe(value);
  });

  it('gives what has two names as one object', async () => {
    const counter = hostGlobal('i32', 1, { mutable: true });
    using runtime = await make({ counter, alias: counter });
    const guest = runtime.instantiate(
      wat(`(module (import "env" "counter" (global $counter (mut i32))) (import "env" "alias" (global $alias (mut i32)))
        (func (export "move") (result i32) (global.set $alias (i32.const 5)) (global.get $counter)))`),
    );
    expect([guest.exports.move?.(), runtime.hostObject(counter).get()]).toEqual([5, 5]);
  });

  it('runs the start function and the data of a guest on them', async () => {
    const memory = hostMemory({ minimum: 1 });
    const base = hostGlobal('i32', 16);
    using runtime = await make({ memory, base });
    runtime.instantiate(
      wat(`(module (import "env" "memory" (memory 1)) (import "env" "base" (global $base i32))
        (data (global.get $base) "\\2a") (start $start)
        (func $start (i32.store8 (i32.const 17) (i32.load8_u (global.get $base)))))`),
    );
    expect([...runtime.hostObject(memory).read(16, 2)]).toEqual([42, 42]);
  });

  it('refuses a guest that imports a shared memory', async () => {
    using runtime = await make({ item: hostMemory({ minimum: 2, maximum: 4 }) });
    const refusal = (guest: Uint8Array) => {
      try {
        runtime.instantiate(guest);
      } catch (error) {
        return (error as WasmEdgePluginsError).code;
      }
      return undefined;
    };
    // libwasmedge 0.17 knows none: threads are not of WebAssembly 2.0.
    const knowsNone = refusal(wat('(module (memory 1 4 shared))')) === 'ERR_INVALID_GUEST';
    expect(refusal(wat('(module (import "env" "item" (memory 1 4 shared)))'))).toBe(
      knowsNone ? 'ERR_INVALID_GUEST' : 'ERR_IMPORT_MISMATCH',
    );
  });

  // WebAssembly 2.0, section 4.5.3.4 "Import Matching" (limits and types).
  it.each([
    ['a memory that is too small', '(memory 3)', hostMemory({ minimum: 2 })],
    ['a memory without a maximum', '(memory 1 4)', hostMemory({ minimum: 2 })],
    ['a memory of a larger maximum', '(memory 1 3)', hostMemory({ minimum: 2, maximum: 4 })],
    ['a table that is too small', '(table 3 funcref)', hostTable('funcref', { minimum: 2 })],
    ['a table of a larger maximum', '(table 1 3 funcref)', hostTable('funcref', { minimum: 2, maximum: 4 })],
    ['a table of another type', '(table 1 externref)', hostTable('funcref', { minimum: 2 })],
    ['a global of another type', '(global i64)', hostGlobal('i32', 1)],
    ['a mutable global', '(global (mut i32))', hostGlobal('i32', 1)],
    ['an immutable global', '(global i32)', hostGlobal('i32', 1, { mutable: true })],
    ['a global as a function', '(func)', hostGlobal('i32', 1)],
    ['a memory as a table', '(table 1 funcref)', hostMemory({ minimum: 1 })],
    ['a function as a memory', '(memory 1)', hostFunction([], [], () => {})],
  ] as const)('refuses a guest that imports %s', async (_what, type, item) => {
    using runtime = await make({ item });
    expectThrows(
      () => runtime.instantiate(wat(`(module (import "env" "item" ${type}))`)),
      ImportMismatchError,
      'ERR_IMPORT_MISMATCH',
      /\(bytes\)/,
    );
  });

  it.each([
    ['memory', '(memory 1)', 'hostMemory'],
    ['table', '(table 1 funcref)', 'hostTable'],
    ['global', '(global i32)', 'hostGlobal'],
    ['tag', '(tag)', 'hostTag'],
  ])('says how a missing %s is provided', async (kind, type, how) => {
    if (kind === 'tag' && engine === 'wasmedge') return;
    using runtime = await make({ other: hostMemory({ minimum: 0 }) });
    for (const module of ['env', 'elsewhere']) {
      expectThrows(
        () => runtime.instantiate(wat(`(module (import "${module}" "item" ${type}))`)),
        MissingImportError,
        'ERR_MISSING_IMPORT',
        new RegExp(`imports the ${kind} .*${how}\\(\\)`),
      );
    }
  });

  it.each([
    ['a memory', { memory: hostMemory({ minimum: 3 }) }],
    ['memories', { first: hostMemory({ minimum: 1 }), second: hostMemory({ minimum: 2 }) }],
  ])('refuses %s that the limits do not allow', async (_what, items) => {
    await expectRejects(
      make(items, { limits: { memoryPages: 2 } }),
      MemoryLimitError,
      'ERR_MEMORY_LIMIT',
      /host module env are larger .* limits\.memoryPages/,
    );
  });

  it('has several memories in one module, which share what the limits allow', async () => {
    const [first, second] = [hostMemory({ minimum: 1 }), hostMemory({ minimum: 1, maximum: 9 })];
    const counter = hostGlobal('i32', 7, { mutable: true });
    using runtime = await make(
      { first, second, again: second, counter, last: hostMemory({ minimum: 0, maximum: 0 }) },
      { limits: { memoryPages: 6 } },
    );
    const guest = (name: string, value: number) =>
      runtime.instantiate(
        wat(`(module (import "env" "${name}" (memory 1)) (import "env" "counter" (global $counter (mut i32)))
          (func (export "write") (i32.store (i32.const 8) (i32.const ${value}))
            (global.set $counter (i32.add (global.get $counter) (i32.const 1))))
          (func (export "read") (result i32) (i32.load (i32.const 8)))
          (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))`),
      );
    const [one, two, alias] = [guest('first', 1), guest('second', 2), guest('again', 3)];
    for (const { exports } of [one, two]) exports.write?.();
    expect([one, two, alias].map(({ exports }) => exports.read?.())).toEqual([1, 2, 2]);
    alias.exports.write?.();
    expect([one, two].map(({ exports }) => exports.read?.())).toEqual([1, 3]);
    const [mine, yours] = [runtime.hostObject(first), runtime.hostObject(second)];
    expect([mine.readU32(8), yours.readU32(8), runtime.hostObject(counter).get()]).toEqual([1, 3, 10]);
    // Of the four pages that are left each of the two that can grow has a half.
    expect([one.exports.grow?.(3), one.exports.grow?.(2), mine.grow(1)]).toEqual([-1, 1, -1]);
    expect([two.exports.grow?.(3), yours.grow(2), yours.pages]).toEqual([-1, 1, 3]);
  });

  it('counts tables with those of the guests', async () => {
    const table = hostTable('funcref', { minimum: 9_000_000, maximum: 9_000_000 });
    using runtime = await make({ table });
    const guest = wat('(module (table 2000000 2000000 externref))');
    expectThrows(() => runtime.instantiate(guest), MemoryLimitError, 'ERR_MEMORY_LIMIT', /at most 10000000/);
    await expectRejects(
      make({ table, other: hostTable('funcref', { minimum: 2_000_000 }) }),
      MemoryLimitError,
      'ERR_MEMORY_LIMIT',
      /host module env are larger/,
    );
  });

  it('lets a memory grow as far as the limits allow', async () => {
    const memory = hostMemory({ minimum: 1 });
    using runtime = await make({ memory }, { limits: { memoryPages: 2 } });
    const made = runtime.hostObject(memory);
    expect([made.grow(2), made.grow(1), made.grow(1), made.pages]).toEqual([-1, 1, -1, 2]);
  });

  it('ends them with the runtime', async () => {
    const memory = hostMemory({ minimum: 1 });
    const counter = hostGlobal('i32', 1, { mutable: true });
    const runtime = await make({ memory, counter });
    const [made, global] = [runtime.hostObject(memory), runtime.hostObject(counter)];
    const bytes = made.bytes(0, 4);
    runtime[Symbol.dispose]();
    expectThrows(() => made.readU8(0), DisposedError, 'ERR_DISPOSED', /The host module env was disposed/);
    expectThrows(() => global.get(), DisposedError, 'ERR_DISPOSED', /The host module env was disposed/);
    expectThrows(() => runtime.hostObject(memory), DisposedError, 'ERR_DISPOSED', /was disposed/);
    expect(bytes.length).toBe(4);
  });

  it('tells host calls of a module that has objects too', async () => {
    const told: unknown[] = [];
    const counter = hostGlobal('i32', 5);
    const log = hostFunction(['i32'], [], () => {});
    using runtime = await make(
      { counter, log },
      { trace: (event: { function: string }) => told.push(event.function) },
    );
    runtime
      .instantiate(
        wat(`(module (import "env" "log" (func $log (param i32))) (import "env" "counter" (global $counter i32))
        (func (export "call") (call $log (global.get $counter))))`),
      )
      .exports.call?.();
    expect(told).toEqual(['log']);
  });

  it('refuses what it does not have', async () => {
    using runtime = await make({ counter: hostGlobal('i32', 5) });
    const wrong = (object: unknown, message: RegExp) =>
      expectThrows(
        () => runtime.hostObject(object as never),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        message,
      );
    wrong(hostGlobal('i32', 5), /no such global: no module in its option hostModules/);
    wrong(hostTag([]), /not a tag, which only guests use/);
    wrong('counter', /not "counter"/);
    wrong(undefined, /not undefined/);
  });

  it('refuses one object in two modules', async () => {
    const counter = hostGlobal('i32', 5);
    const hostModules = [hostModule('a', { counter }), hostModule('b', { counter })];
    await expectRejects(
      createRuntime({ engine, hostModules }),
      InvalidArgumentError,
      'ERR_INVALID_ARGUMENT',
      /host modules a and b have the same global/,
    );
  });
});

forEngine('wasmedge', () => {
  it('gives guests a global of 128 bits', async () => {
    const value = 2n ** 127n + 5n;
    const global = hostGlobal('v128', value);
    using runtime = await createRuntime({ engine: 'wasmedge', hostModules: [hostModule('env', { global })] });
    const guest = runtime.instantiate(
      wat(`(module (import "env" "global" (global v128))
        (func (export "high") (result i64) (i64x2.extract_lane 1 (global.get 0))))`),
    );
    expect([runtime.hostObject(global).get(), guest.exports.high?.()]).toEqual([value, -(2n ** 63n)]);
  });
});

forEngine('v8', () => {
  it('lets one guest catch what another throws with a tag of the host', async () => {
    const failure = hostTag(['i32']);
    using runtime = await createRuntime({ hostModules: [hostModule('env', { failure })] });
    runtime.instantiate(
      wat(`(module (import "env" "failure" (tag $failure (param i32)))
        (func (export "throw") (param i32) (throw $failure (local.get 0))))`),
      { name: 'thrower' },
    );
    const catcher = runtime.instantiate(
      wat(`(module (import "env" "failure" (tag $failure (param i32))) (import "thrower" "throw" (func $throw (param i32)))
        (func (export "catch") (result i32) (try (result i32)
          (do (call $throw (i32.const 42)) (i32.const 0)) (catch $failure))))`),
    );
    expect(catcher.exports.catch?.()).toBe(42);
    expectThrows(
      () => runtime.instantiate(wat('(module (import "env" "failure" (tag (param i64))))')),
      ImportMismatchError,
      'ERR_IMPORT_MISMATCH',
      /failure/,
    );
  });

  it('gives guests a global of 128 bits, which JavaScript cannot read', async () => {
    const global = hostGlobal('v128', 2n ** 127n);
    using runtime = await createRuntime({ hostModules: [hostModule('env', { global })] });
    const guest = runtime.instantiate(
      wat(`(module (import "env" "global" (global v128))
        (func (export "high") (result i64) (i64x2.extract_lane 1 (global.get 0))))`),
    );
    expect(guest.exports.high?.()).toBe(-(2n ** 63n));
    expectThrows(
      () => runtime.hostObject(global).get(),
      UnsupportedByEngineError,
      'ERR_UNSUPPORTED_BY_ENGINE',
      /v128/,
    );
  });
});

describe('what cannot be', () => {
  it.each([
    ['an unknown option', () => hostMemory({ minimum: 1, shared: true } as never), /no option shared/],
    [
      'no size',
      () => hostMemory({} as never),
      /minimum of hostMemory\(\) must be an integer from 0 to 65536/,
    ],
    ['too many pages', () => hostMemory({ minimum: 65537 }), /from 0 to 65536, not 65537/],
    ['a maximum below', () => hostMemory({ minimum: 2, maximum: 1 }), /maximum .* from 2 to 65536, not 1/],
    ['half an element', () => hostTable('funcref', { minimum: 0.5 }), /from 0 to 10000000, not 0\.5/],
    [
      'a table of numbers',
      () => hostTable('i32' as never, { minimum: 1 }),
      /'funcref' or 'externref', not "i32"/,
    ],
    ['a global of an unknown type', () => hostGlobal('u32' as never, 1 as never), /not "u32"/],
    ['a value that does not fit', () => hostGlobal('i32', 1.5), /must be an integer from .* not 1\.5/],
    ['a bigint for a number', () => hostGlobal('f64', 1n as never), /must be a number, not 1n/],
    [
      'a function at the start',
      () => hostGlobal('funcref', (() => {}) as never),
      /must be null at the start/,
    ],
    ['an object that stays', () => hostGlobal('externref', {}), /must be null at the start/],
    ['a misspelt option', () => hostGlobal('i32', 1, { mutabel: true } as never), /Did you mean mutable\?/],
    [
      'no boolean',
      () => hostGlobal('i32', 1, { mutable: 1 } as never),
      /mutable .* must be a boolean, not 1/,
    ],
    ['a tag of a text', () => hostTag(['string'] as never), /array of value types/],
    ['a tag of nothing', () => hostTag(undefined as never), /array of value types/],
    // The implementation limits of the WebAssembly JavaScript interface.
    ['a tag of too much', () => hostTag(Array(1001).fill('i32')), /at most 1000 parameters, not 1001/],
  ])('%s is refused', (_what, make, message) => {
    expectThrows(make, InvalidArgumentError, 'ERR_INVALID_ARGUMENT', message);
  });

  it.each([
    [{ kind: 'memory', minimum: 1e9 }, /memory env\.item .* hostMemory\(\) returns: .* not 1000000000/],
    [{ kind: 'memory', minimum: 2, maximum: 1 }, /maximum of hostMemory\(\) must be .* from 2/],
    [{ kind: 'table', type: 'i32', minimum: 1 }, /table env\.item .* 'funcref' or 'externref'/],
    [{ kind: 'table', type: 'funcref', minimum: '1' }, /minimum of hostTable\(\)/],
    [{ kind: 'global', type: 'i32', value: 'zz', mutable: false }, /global env\.item .* not "zz"/],
    [{ kind: 'global', type: 'i33', value: 1, mutable: false }, /not "i33"/],
    [{ kind: 'global', type: 'i32', value: 1, mutable: 'no' }, /mutable .* must be a boolean/],
    [{ kind: 'global', type: 'externref', value: {}, mutable: false }, /must be null at the start/],
    [{ kind: 'tag', params: 'x' }, /tag env\.item .* array of value types/],
  ])('%j, written by hand, is refused as its maker would refuse it', async (item, message) => {
    const wrong = [InvalidArgumentError, 'ERR_INVALID_ARGUMENT', message] as const;
    expectThrows(() => hostModule('env', { item: item as never }), ...wrong);
    const module = { name: 'env', functions: {}, objects: { item } };
    await expectRejects(createRuntime({ hostModules: [module as never] }), ...wrong);
    await expectRejects(createRuntime({ placement: 'worker', hostModules: [module as never] }), ...wrong);
  });

  it('something else among the objects of a module is refused', async () => {
    const wrong = { name: 'env', functions: {}, objects: { memory: new WebAssembly.Memory({ initial: 1 }) } };
    await expectRejects(
      createRuntime({ hostModules: [wrong as never] }),
      InvalidArgumentError,
      'ERR_INVALID_ARGUMENT',
      /item "memory" of the host module "env" .* is a WebAssembly\.Memory, .* Make it with hostMemory\(\)/,
    );
  });

  // The compiler's declarations of WebAssembly lack tags.
  const { Tag: tagClass } = WebAssembly as unknown as { readonly Tag: new (type: object) => object };

  it.each([
    ['WebAssembly.Memory', 'hostMemory', new WebAssembly.Memory({ initial: 1 })],
    ['WebAssembly.Global', 'hostGlobal', new WebAssembly.Global({ value: 'i32' }, 1)],
    ['WebAssembly.Table', 'hostTable', new WebAssembly.Table({ element: 'anyfunc', initial: 1 })],
    ['WebAssembly.Tag', 'hostTag', new tagClass({ parameters: ['i32'] })],
  ])('hostModule() refuses a %s and names %s()', (kind, maker, object) => {
    expectThrows(
      () => hostModule('env', { thing: object as never }),
      InvalidArgumentError,
      'ERR_INVALID_ARGUMENT',
      new RegExp(
        `^The item "thing" of the host module "env" is a ${kind}, .* Make it with ${maker}\\(\\)\\.$`,
      ),
    );
  });

  it.each([
    [
      new Map(),
      /items of the host module "env" must be an object of functions and objects by name, not a Map/,
    ],
    [[], /items of the host module "env" must be .*, not an array/],
    [null, /items of the host module "env" must be .*, not null/],
    [{ f: () => 1 }, /item "f" .* is a function without the signature .* Make it with hostFunction\(\)/],
    [{ f: 1 }, /item "f" .* is 1\. Make it with hostFunction\(\), hostMemory\(\)/],
  ])('hostModule() refuses %o', (items, message) => {
    expectThrows(
      () => hostModule('env', items as never),
      InvalidArgumentError,
      'ERR_INVALID_ARGUMENT',
      message,
    );
  });
});
