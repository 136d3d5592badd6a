import { describe, expect, it } from 'vitest';
import { InvalidGuestError } from '../errors/guest-errors.js';
import { checkCode } from './__fixtures__/bounds.js';
import { most } from './implementation-limits.js';
import { readModuleTypes } from './module-types.js';
import { encodeNumber } from './rewrite-section.js';

type Part = ArrayLike<number>;

function join(...parts: readonly Part[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts.map((part) => Uint8Array.from(part))));
}
function moduleOf(...sections: readonly (readonly [id: number, ...content: Part[]])[]): Uint8Array {
  const framed = sections.map(([id, ...content]) => {
    const bytes = join(...content);
    return join([id], encodeNumber(bytes.length), bytes);
  });
  return join([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], ...framed);
}
function times(count: number, ...bytes: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: count * bytes.length }, (_, index) => bytes[index % bytes.length] ?? 0);
}
/** A list of `count` elements, each of these bytes. */
const list = (count: number, ...bytes: readonly number[]) =>
  join(encodeNumber(count), times(count, ...bytes));
const i32 = 0x7f;
const nothing = [0x60, 0, 0];
const type = (params: number, results: number) => join([0x60], list(params, i32), list(results, i32));
/** The code section with one body, without local variables. */
const code = (...instructions: Part[]) => {
  const body = join([0], ...instructions, [0x0b]);
  return [10, [1], encodeNumber(body.length), body] as [number, ...Part[]];
};
/** A module with one function of the first of these types. */
const withCode = (types: readonly Part[], ...instructions: Part[]) =>
  moduleOf([1, encodeNumber(types.length), ...types], [3, [1, 0]], code(...instructions));
/** A module of `functions` functions with `locals` local variables each. */
const withLocals = (functions: number, locals: number) => {
  const body = [...encodeNumber(2 + encodeNumber(locals).length + 1), 1, ...encodeNumber(locals), 0x7e, 0x0b];
  return moduleOf([1, [1], nothing], [3, list(functions, 0)], [10, list(functions, ...body)]);
};
const isValid = (bytes: Uint8Array) => WebAssembly.validate(bytes as BufferSource);
const refusal = (message: RegExp) =>
  expect.objectContaining({ code: 'ERR_INVALID_GUEST', message: expect.stringMatching(message) });

// V8 keeps the implementation limits of the WebAssembly JavaScript interface, and says of each number where it ends.
describe('limits that V8 has too', () => {
  it.each([
    ['local variables of a function', (count: number) => withLocals(1, count), most.locals],
    ['parameters', (count: number) => moduleOf([1, [1], type(count, 0)]), most.parameters],
    ['results', (count: number) => moduleOf([1, [1], type(0, count)]), most.parameters],
    [
      'data segments',
      (count: number) => moduleOf([5, [1, 0, 0]], [11, list(count, 1, 0)]),
      most.dataSegments,
    ],
    ['tables', (count: number) => moduleOf([4, list(count, 0x70, 0, 0)]), most.tables],
    ['bytes of a function', (count: number) => withCode([nothing], times(count - 2, 1)), most.functionBytes],
  ] as const)('accepts as many %s as V8, and refuses one more', (_, make, limit) => {
    const both = (bytes: Uint8Array) => {
      readModuleTypes(bytes);
      checkCode(bytes);
    };
    expect(isValid(make(limit))).toBe(true);
    expect(isValid(make(limit + 1))).toBe(false);
    expect(() => both(make(limit))).not.toThrow();
    expect(() => both(make(limit + 1))).toThrow(
      refusal(new RegExp(`${limit + 1} .*at most ${limit} are accepted`)),
    );
  });

  it('counts parameters among the local variables', () => {
    const withParameter = (count: number) =>
      moduleOf([1, [1], type(1, 0)], [3, [1, 0]], [10, [1, 6, 1], encodeNumber(count), [0x7e, 0x0b]]);
    expect([most.locals - 1, most.locals].map((count) => isValid(withParameter(count)))).toEqual([
      true,
      false,
    ]);
    expect(() => checkCode(withParameter(most.locals - 1))).not.toThrow();
    expect(() => checkCode(withParameter(most.locals))).toThrow(InvalidGuestError);
  });

  it('refuses four billion local variables', () => {
    expect(() => checkCode(withLocals(1, 0xffff_ffff))).toThrow(/4294967295/);
  });

  it('refuses types that are derived from more than 63 others', () => {
    const chain = (length: number) =>
      moduleOf([
        1,
        encodeNumber(length),
        [0x50, 0, 0x5f, 0],
        ...Array.from({ length: length - 1 }, (_, index) => [0x50, 1, ...encodeNumber(index), 0x5f, 0]),
      ]);
    expect(() => checkCode(chain(64))).not.toThrow();
    expect(() => checkCode(chain(65))).toThrow(refusal(/64 types that one is derived from/));
  });
});

// Measured on libwasmedge 0.14.1 and Node 20: 200 KB of each take a second and more, or gigabytes; some end the process.
describe('few bytes that stand for much', () => {
  const wide = type(0, most.parameters);
  const taking = type(most.parameters, 0);
  const through = type(most.parameters, most.parameters);
  const count = 40_000;
  it.each([
    ['local variables of many functions', withLocals(1000, 50_000)],
    [
      'parameters of many functions',
      moduleOf([1, [1], taking], [3, list(count, 0)], [10, list(count, 2, 0, 0x0b)]),
    ],
    ['calls that give many values', withCode([wide], times(count, 0x10, 0))],
    ['calls that take many values', withCode([taking], [0], times(count, 0x10, 0))],
    ['indirect calls', withCode([wide], times(count, 0x11, 0, 0))],
    ['blocks', withCode([nothing, through], [0], times(count, 0x02, 1, 0x0b))],
    ['nested blocks', withCode([nothing, taking], [0], times(count, 0x02, 1, 0), times(count, 0x0b))],
    ['targets of br_table', withCode([wide], [0, 0x0e], list(count, 0), [0])],
    ['branches', withCode([wide], [0], times(count, 0x0c, 0))],
    ['conditional branches', withCode([wide], [0], times(count, 0x0d, 0))],
    ['returns', withCode([wide], [0], times(count, 0x0f))],
    ['structs', withCode([nothing, join([0x5f], list(1000, i32, 0))], [0], times(count, 0xfb, 0, 1))],
    ['elements of arrays', withCode([nothing, [0x5e, i32, 0]], [0, 0xfb, 8, 1], encodeNumber(2 ** 32 - 1))],
    [
      'exceptions',
      moduleOf([1, [2], nothing, taking], [3, [1, 0]], [13, [1, 0, 1]], code([0], times(count, 0x08, 0))),
    ],
  ] as const)('are refused: %s', (_, bytes) => {
    expect(() => checkCode(bytes)).toThrow(refusal(/at most \d+ are accepted/));
  });

  it('are taken where they are few', () => {
    const many = [type(0, most.parameters), taking, through];
    expect(() => checkCode(withCode(many, times(100, 0x10, 0)))).not.toThrow();
    expect(() => checkCode(withLocals(10, 50_000))).not.toThrow();
    // A large module of a usual compiler: calls with few values, some with many.
    const calls = join(times(300_000, 0x41, 0, 0x1a), times(1000, 0x10, 0));
    expect(() => checkCode(withCode([type(0, 100)], calls))).not.toThrow();
  });
});

it('knows every instruction that V8 knows', () => {
  // Each after unreachable, where it finds whatever it takes; V8 says which bytes are an instruction, whatever it thinks of the types.
  const unknown: string[] = [];
  const zeros = times(40, 0);
  const opcodes = [
    ...Array.from({ length: 256 }, (_, code) => [code]),
    ...[0xfb, 0xfc, 0xfd, 0xfe].flatMap((prefix) =>
      Array.from({ length: 0x114 }, (_, code) => [prefix, ...encodeNumber(code)]),
    ),
  ];
  for (const opcode of opcodes) {
    const bytes = withCode([nothing, type(40, 0)], [0], opcode, zeros);
    const message = compileError(bytes);
    const isKnownToV8 = !/invalid [a-z ]*opcode|enable with/i.test(message);
    try {
      checkCode(bytes);
    } catch (error) {
      if (isKnownToV8 && /not known/.test((error as Error).message))
        unknown.push(`${opcode.join(' ')}: ${message}`);
    }
  }
  expect(unknown).toEqual([]);
});

function compileError(bytes: Uint8Array): string {
  try {
    new WebAssembly.Module(bytes as BufferSource);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
