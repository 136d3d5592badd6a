import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import { moduleOf, richModule } from './__fixtures__/modules.js';
import { readModuleTypes } from './module-types.js';

describe('a module that Node accepts', () => {
  const bytes = wat(richModule);

  it('has the names and kinds that Node reports', () => {
    const types = readModuleTypes(bytes);
    const module = new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>);
    expect(types.imports.map(({ module, name, type }) => ({ module, name, kind: type.kind }))).toEqual(
      WebAssembly.Module.imports(module),
    );
    expect(types.exports.map(({ name, type }) => ({ name, kind: type.kind }))).toEqual(
      WebAssembly.Module.exports(module),
    );
    expect(types.exports).toHaveLength(15);
  });

  it('has the import types of its source text', () => {
    expect(readModuleTypes(bytes).imports.map(({ type }) => type)).toEqual([
      { kind: 'function', signature: { params: ['i32', 'i64'], results: ['f32', 'f64'] } },
      { kind: 'function', signature: { params: ['v128'], results: ['v128'] } },
      { kind: 'function', signature: { params: ['funcref', 'externref'], results: ['externref'] } },
      { kind: 'table', type: 'externref', minimum: 2, maximum: 5 },
      { kind: 'global', type: 'i64', mutable: true },
      { kind: 'global', type: 'i32', mutable: false },
      { kind: 'function', signature: { params: [], results: [] } },
      { kind: 'tag' },
    ]);
  });

  it('has the export types of its source text', () => {
    const add = { kind: 'function', signature: { params: ['i32', 'i32'], results: ['i32'] } };
    const { exports } = readModuleTypes(bytes);
    expect(Object.fromEntries(exports.map(({ name, type }) => [name, type]))).toEqual({
      add,
      'pair again': { kind: 'function', signature: { params: ['i32', 'i64'], results: ['f32', 'f64'] } },
      'imported counter': { kind: 'global', type: 'i64', mutable: true },
      'own table': { kind: 'table', type: 'funcref', minimum: 3, maximum: undefined },
      'imported table': { kind: 'table', type: 'externref', minimum: 2, maximum: 5 },
      memory: { kind: 'memory', minimum: 1, maximum: 16, shared: false, is64: false },
      i32: { kind: 'global', type: 'i32', mutable: true },
      i64: { kind: 'global', type: 'i64', mutable: false },
      function: { kind: 'global', type: 'funcref', mutable: false },
      nothing: { kind: 'global', type: 'externref', mutable: false },
      vector: { kind: 'global', type: 'v128', mutable: false },
      copy: { kind: 'global', type: 'i32', mutable: false },
      last: { kind: 'global', type: 'f64', mutable: true },
      mine: { kind: 'tag' },
      '': add,
    });
  });
});

describe('memories', () => {
  it('tells what is declared from what is imported', () => {
    const { imports, exports, memories } = readModuleTypes(
      wat(
        '(module (import "env" "memory" (memory 1 2 shared)) (memory $a 3) (memory i64 4 70000) (export "a" (memory $a)))',
      ),
    );
    expect(memories).toEqual([
      { minimum: 3, maximum: undefined, shared: false, is64: false },
      { minimum: 4, maximum: 70000, shared: false, is64: true },
    ]);
    expect(imports[0]?.type).toEqual({ kind: 'memory', minimum: 1, maximum: 2, shared: true, is64: false });
    expect(exports[0]?.type).toMatchObject({ minimum: 3, is64: false });
  });

  it.each([
    ['a page size of its own (custom-page-sizes proposal, flag 8)', [5, 1, 8, 1, 0], 'pages of its own size'],
    ['more than 65536 pages', [5, 1, 0, 0x81, 0x80, 0x04], 'more than 65536 pages'],
    ['a minimum over the maximum', [5, 1, 1, 3, 2], 'at least 3 and at most 2'],
    ['a table with a minimum over the maximum', [4, 1, 0x70, 1, 3, 2], 'a table of at least 3 and at most 2'],
    ['an imported one', [2, 1, 0, 0, 1, 0x70, 1, 3, 2], 'a table of at least 3 and at most 2'],
    ['sharing without a maximum', [5, 1, 2, 1], 'shared memory without a maximum'],
    ['unknown flags', [5, 1, 16, 1], 'unknown flags 0x10'],
  ] as const)('are refused with %s', (_, section, message) => {
    expect(() => readModuleTypes(moduleOf([...section]))).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_GUEST', message: expect.stringContaining(message) }),
    );
  });
});

// Encodings: WebAssembly 3.0, chapter Binary Format.
describe('types of WebAssembly 3.0', () => {
  const plain = [0x60, 1, 0x7f, 0]; // (func (param i32))
  const exportAll = (count: number) => {
    const entries = Array.from({ length: count }, (_, index) => [1, 0x61 + index, 0, index]);
    return [7, count, ...entries.flat()] as [number, ...number[]];
  };

  it('are counted through recursive groups, subtypes, structs and arrays', () => {
    const types = [
      4,
      ...[0x4e, 2, ...[0x5f, 2, 0x7f, 1, 0x78, 0], ...[0x50, 1, 0, 0x5e, 0x63, 0x00, 1]], // (rec (struct) (sub 0 (array)))
      ...[0x4f, 0, ...plain], // (sub final (func))
      ...[0x4e, 0],
      ...plain,
    ];
    const bytes = moduleOf([1, ...types], [3, 2, 2, 3], exportAll(2), [10, 2, 2, 0, 0x0b, 2, 0, 0x0b]);
    const signature = { params: ['i32'], results: [] };
    expect(readModuleTypes(bytes).exports).toEqual([
      { name: 'a', type: { kind: 'function', signature } },
      { name: 'b', type: { kind: 'function', signature } },
    ]);
  });

  it.each([
    ['(ref null func), which is funcref', [0x63, 0x70], 'funcref'],
    ['(ref null extern), which is externref', [0x63, 0x6f], 'externref'],
    ['(ref func)', [0x64, 0x70], undefined],
    ['(ref null 0)', [0x63, 0x00], undefined],
    ['(ref 0), with its index in five bytes', [0x64, 0x80, 0x80, 0x80, 0x80, 0x00], undefined],
    ['anyref', [0x6e], undefined],
    ['i31ref', [0x6c], undefined],
    ['exnref', [0x69], undefined],
    ['nullref', [0x71], undefined],
  ] as const)('name %s', (_, encoding, name) => {
    const types = [2, ...plain, 0x60, 1, ...encoding, 1, 0x7f];
    const bytes = moduleOf([1, ...types], [3, 2, 1, 0], exportAll(2), [10, 2, 2, 0, 0x0b, 2, 0, 0x0b]);
    const [odd, next] = readModuleTypes(bytes).exports.map(({ type }) => type);
    const signature = name === undefined ? undefined : { params: [name], results: ['i32'] };
    expect(odd).toEqual({ kind: 'function', signature });
    expect(next).toEqual({ kind: 'function', signature: { params: ['i32'], results: [] } });
  });

  // Text format: WebAssembly 3.0, chapter Text Format, Types and Abbreviations.
  it.each([
    ['funcref', [0x63, 0x70], undefined],
    ['externref', [0x6f], undefined],
    [undefined, [0x64, 0x70], '(ref func)'],
    [undefined, [0x63, 0x00], '(ref null 0)'],
    [undefined, [0x64, 0x80, 0x80, 0x80, 0x80, 0x00], '(ref 0)'],
    [undefined, [0x6c], 'i31ref'],
    [undefined, [0x63, 0x6c], 'i31ref'],
    [undefined, [0x64, 0x6b], '(ref struct)'],
    [undefined, [0x69], 'exnref'],
    [undefined, [0x73], 'nullfuncref'],
  ] as const)('are told exactly of tables and globals: %s from %j', (type, encoding, otherType) => {
    const bytes = moduleOf(
      [1, 1, ...plain],
      [4, 2, ...encoding, 0, 1, ...encoding, 4, 1],
      [6, 1, ...encoding, 1, 0xd0, 0x70, 0x0b],
      [7, 3, 1, 0x61, 1, 0, 1, 0x62, 3, 0, 1, 0x63, 1, 1],
    );
    const named = otherType === undefined ? { type } : { type, otherType };
    expect(readModuleTypes(bytes).exports.map((entry) => entry.type)).toEqual([
      { kind: 'table', ...named, minimum: 1, maximum: undefined },
      { kind: 'global', ...named, mutable: true },
      { kind: 'table', ...named, minimum: 1, maximum: undefined, is64: true },
    ]);
  });
});

describe('a module of WebAssembly 3.0', () => {
  const types = [
    6,
    ...[0x4e, 2, ...[0x5f, 2, 0x7f, 1, 0x78, 0], ...[0x50, 0, 0x5e, 0x63, 0x00, 1]], // (rec (struct) (sub (array)))
    ...[0x4f, 0, 0x60, 1, 0x7f, 0], // (sub final (func (param i32)))
    ...[0x4e, 0],
    ...[0x60, 0, 0],
    ...[0x5e, 0x7f, 1], // (array (mut i32)), type 4
    ...[0x60, 3, 0x63, 0x00, 0x6e, 0x64, 0x70, 1, 0x6c], // (func (param (ref null 0) anyref (ref func)) (result i31ref))
  ];
  const globals = [
    7,
    ...[0x63, 0x00, 0, 0x41, 1, 0x41, 2, 0xfb, 0, 0, 0x0b], // struct.new
    ...[0x63, 0x00, 0, 0xfb, 1, 0, 0x0b], // struct.new_default
    ...[0x63, 0x04, 0, 0x41, 5, 0x41, 3, 0xfb, 6, 4, 0x0b], // array.new
    ...[0x63, 0x04, 0, 0x41, 3, 0xfb, 7, 4, 0x0b], // array.new_default
    ...[0x63, 0x04, 0, 0x41, 3, 0x41, 4, 0xfb, 8, 4, 2, 0x0b], // array.new_fixed
    ...[0x6e, 0, 0x41, 3, 0xfb, 28, 0xfb, 27, 0xfb, 26, 0x0b], // ref.i31, extern.convert_any, any.convert_extern
    ...[0x7e, 1, 0x42, 1, 0x42, 2, 0x7c, 0x42, 3, 0x7e, 0x0b], // (mut i64), extended constants
  ];
  const tables = [2, ...[0x40, 0, 0x64, 0x70, 0, 3, 0xd2, 0, 0x0b], ...[0x6f, 1, 7, 9]];
  const exported = [
    [0x61, 0, 0],
    [0x62, 0, 1],
    [0x63, 3, 6],
    [0x64, 1, 0],
    [0x65, 1, 1],
    [0x66, 3, 0],
  ].flatMap((entry) => [1, ...entry]);
  const code = [2, ...[2, 0, 0x0b], ...[4, 0, 0xd0, 0x6c, 0x0b]];
  const bytes = moduleOf(
    [1, ...types],
    [3, 2, 2, 5],
    [4, ...tables],
    [6, ...globals],
    [7, 6, ...exported],
    [10, ...code],
  );

  it('is read to its end', () => {
    expect(readModuleTypes(bytes).exports).toEqual([
      { name: 'a', type: { kind: 'function', signature: { params: ['i32'], results: [] } } },
      { name: 'b', type: { kind: 'function', signature: undefined } },
      { name: 'c', type: { kind: 'global', type: 'i64', mutable: true } },
      {
        name: 'd',
        type: { kind: 'table', type: undefined, otherType: '(ref func)', minimum: 3, maximum: undefined },
      },
      { name: 'e', type: { kind: 'table', type: 'externref', minimum: 7, maximum: 9 } },
      { name: 'f', type: { kind: 'global', type: undefined, otherType: '(ref null 0)', mutable: false } },
    ]);
  });

  // Shows that the bytes above are what the specification means. Node 20 does not know these types yet.
  it('is valid to Node from version 22', () => {
    const known = Number.parseInt(process.versions.node, 10) >= 22;
    expect(WebAssembly.validate(bytes as Uint8Array<ArrayBuffer>)).toBe(known);
  });
});

describe('initialisers', () => {
  /** The type of an f64 global that follows a global with this initialiser, as the export "a". */
  function typeAfter(initialiser: readonly number[]) {
    const next = [0x7c, 1, 0x44, 0, 0, 0, 0, 0, 0, 0, 0, 0x0b];
    const bytes = moduleOf([6, 2, 0x7f, 0, ...initialiser, ...next], [7, 2, 1, 0x62, 3, 0, 1, 0x61, 3, 1]);
    const { exports } = readModuleTypes(bytes);
    expect(exports[0]).toEqual({ name: 'b', type: { kind: 'global', type: 'i32', mutable: false } });
    return exports[1]?.type;
  }

  it.each([
    ['i32.const of five bytes that look like an end', [0x41, 0x8b, 0x8b, 0x8b, 0x8b, 0x0b, 0x0b]],
    ['i64.const', [0x42, 0x8b, 0x0b, 0x0b]],
    ['f32.const', [0x43, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b]],
    ['v128.const', [0xfd, 0x0c, ...Array<number>(16).fill(0x0b), 0x0b]],
    ['extended constants', [0x23, 0x0b, 0x41, 0x0b, 0x6a, 0x41, 0x0b, 0x6c, 0x41, 0x0b, 0x6b, 0x0b]],
    [
      'extended constants of 64 bits',
      [0x42, 0x0b, 0x42, 0x0b, 0x7c, 0x42, 0x0b, 0x7d, 0x42, 0x0b, 0x7e, 0x0b],
    ],
    ['ref.func', [0xd2, 0x0b, 0x0b]],
    ['ref.null of a type index', [0xd0, 0x0b, 0x0b]],
    ['ref.null any', [0xd0, 0x6e, 0x0b]],
    ['struct.new', [0x41, 0x0b, 0xfb, 0x00, 0x0b, 0x0b]],
    ['struct.new_default', [0xfb, 0x01, 0x0b, 0x0b]],
    ['array.new', [0x41, 0x0b, 0x41, 0x0b, 0xfb, 0x06, 0x0b, 0x0b]],
    ['array.new_default', [0x41, 0x0b, 0xfb, 0x07, 0x0b, 0x0b]],
    ['array.new_fixed', [0x41, 0x0b, 0xfb, 0x08, 0x0b, 0x0b, 0x0b]],
    ['ref.i31 and conversions', [0x41, 0x0b, 0xfb, 0x1c, 0xfb, 0x1b, 0xfb, 0x1a, 0x0b]],
  ])('of %s are passed over', (_, initialiser) => {
    expect(typeAfter(initialiser)).toEqual({ kind: 'global', type: 'f64', mutable: true });
  });

  it.each([
    ['another instruction', [0x10, 0x00, 0x0b]],
    ['another vector instruction', [0xfd, 0x0d, 0x0b]],
    ['another reference instruction', [0xfb, 0x09, 0x0b]],
  ])('with %s leave the next type open', (_, initialiser) => {
    expect(typeAfter(initialiser)).toEqual({ kind: 'global', type: undefined, mutable: false });
  });

  it('of tables are passed over', () => {
    const initialised = [0x40, 0x00, 0x64, 0x70, 0x00, 0x0b, 0xd2, 0x0b, 0x0b];
    const bytes = moduleOf([4, 2, ...initialised, 0x6f, 0x01, 7, 9], [7, 2, 1, 0x61, 1, 0, 1, 0x62, 1, 1]);
    expect(readModuleTypes(bytes).exports.map(({ type }) => type)).toEqual([
      { kind: 'table', type: undefined, otherType: '(ref func)', minimum: 11, maximum: undefined },
      { kind: 'table', type: 'externref', minimum: 7, maximum: 9 },
    ]);
  });
});

describe('bytes that are not a module', () => {
  const text = (value: string) => new TextEncoder().encode(value);
  it.each([
    ['nothing', new Uint8Array(), 'empty (0 bytes)'],
    ['the text format', text('(module (func))'), 'text format (WAT)'],
    ['the text format after a comment', text('\ufeff ;; hello\n(module)'), 'text format (WAT)'],
    ['gzip', gzipSync(moduleOf()), 'gzip'],
    ['an ELF file', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), 'ELF'],
    ['a web page', text('<!doctype html>'), 'begins with 3c 21 64 6f instead of 00 61 73 6d'],
    ['a component', Uint8Array.from([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]), 'component'],
    ['another version', Uint8Array.from([0, 0x61, 0x73, 0x6d, 2, 0, 0, 0]), 'version 02 00 00 00'],
    ['half of the header', Uint8Array.from([0, 0x61, 0x73]), 'truncated'],
    ['half of a section', moduleOf([10, 1, 2, 3]).subarray(0, 11), 'truncated'],
    ['an unknown section', moduleOf([15]), 'unknown kind 15'],
    ['two memory sections', moduleOf([5, 0], [5, 0]), 'second or misplaced section'],
    ['a section with bytes left over', moduleOf([5, 0, 7]), '1 bytes too late at offset 11'],
    [
      'an impossible count',
      moduleOf([1, 0xff, 0xff, 0xff, 0xff, 0x0f]),
      'a list of 4294967295 elements in 0 bytes',
    ],
    ['a number over 32 bits', moduleOf([1, 0xff, 0xff, 0xff, 0xff, 0x1f]), 'more than 32 bits'],
    ['a name that is not UTF-8', moduleOf([7, 1, 1, 0xff, 0, 0]), 'not UTF-8'],
    ['an export of nothing', moduleOf([7, 1, 1, 0x61, 0, 0]), 'the index 0 where the module has 0'],
    ['an unknown type form', moduleOf([1, 1, 0x33]), 'unknown form 0x33'],
  ])('are refused: %s', (_, bytes, message) => {
    expect(() => readModuleTypes(bytes)).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_GUEST', message: expect.stringContaining(message) }),
    );
  });

  it('are refused: a list longer than any engine takes', () => {
    const count = [0xc1, 0x84, 0x3d]; // 1,000,001
    const bytes = new Uint8Array(8 + 1 + 4 + 3 + 1_000_001);
    bytes.set([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 3, 0xc4, 0x84, 0xbd, 0x00, ...count]);
    expect(() => readModuleTypes(bytes)).toThrow(
      '1000001 functions at offset 13, but at most 1000000 are accepted',
    );
  });
});

it('tells which export is memory 0, and whether a function runs at the start', () => {
  const found = (text: string) => {
    const { hasMemory, memoryExport, hasStart } = readModuleTypes(wat(`(module ${text})`));
    return [hasMemory, memoryExport, hasStart];
  };
  expect(found('')).toEqual([false, undefined, false]);
  expect(found('(memory 1) (func $s) (start $s)')).toEqual([true, undefined, true]);
  expect(found('(memory 1) (memory (export "memory") 1)')).toEqual([true, undefined, false]);
  expect(found('(memory $a 1) (memory (export "b") 1) (export "a" (memory $a))')).toEqual([true, 'a', false]);
  expect(found('(import "m" "m" (memory 1)) (export "i" (memory 0))')).toEqual([true, 'i', false]);
});
