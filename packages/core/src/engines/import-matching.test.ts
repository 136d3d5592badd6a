import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { createRuntime, ImportMismatchError, InvalidGuestError } from '../index.js';
import { moduleOf } from '../module-types/__fixtures__/modules.js';

// Encodings and rules: WebAssembly 3.0, chapters "Binary Format, Types" and "Validation, Matching". What cannot be set is covariant, what can be is
// invariant, as are tables; a function matches where its type is the wanted one or was derived from it.
const code = {
  funcref: [0x70],
  '(ref func)': [0x64, 0x70],
  '(ref $special)': [0x64, 2],
  '(ref null $special)': [0x63, 2],
  nullfuncref: [0x73],
  externref: [0x6f],
  nullexternref: [0x72],
  anyref: [0x6e],
  eqref: [0x6d],
  i31ref: [0x6c],
  '(ref i31)': [0x64, 0x6c],
} as const;
type Reference = keyof typeof code;

/** Types 0 to 3: an open one, one that is derived from it, one that is like that and derived from nothing, and one like the first that is final. */
const types = [
  ...[4, 0x50, 0, 0x60, 0, 1, 0x70],
  ...[0x4f, 1, 0, 0x60, 0, 1, 0x64, 0x70],
  ...[0x60, 0, 1, 0x64, 0x70],
  ...[0x60, 0, 1, 0x70],
];
const initial: Readonly<Record<Reference, readonly number[]>> = {
  funcref: [0xd2, 0],
  '(ref func)': [0xd2, 0],
  '(ref $special)': [0xd2, 2],
  '(ref null $special)': [0xd2, 2],
  nullfuncref: [0xd0, 0x73],
  externref: [0xd0, 0x6f],
  nullexternref: [0xd0, 0x72],
  anyref: [0x41, 7, 0xfb, 28],
  eqref: [0x41, 7, 0xfb, 28],
  i31ref: [0x41, 7, 0xfb, 28],
  '(ref i31)': [0x41, 7, 0xfb, 28],
};

/** A guest that exports "x", which `section` declares; its functions have the types 0 to 2. */
const provider = (section: readonly [number, ...number[]] | undefined, kind: number, index = 0) =>
  moduleOf(
    [1, ...types],
    [3, 3, 0, 1, 2],
    ...(section === undefined ? [] : [section]),
    [7, 4, 1, 0x78, kind, index, 1, 0x30, 0, 0, 1, 0x31, 0, 1, 1, 0x32, 0, 2],
    [10, 3, 4, 0, 0xd2, 0, 0x0b, 4, 0, 0xd2, 0, 0x0b, 4, 0, 0xd2, 0, 0x0b],
  );
const user = (kind: number, wanted: readonly number[]) =>
  moduleOf([1, ...types], [2, 1, 1, 0x70, 1, 0x78, kind, ...wanted]);

const functions = ([found, wanted, fits]: readonly [number, number, boolean]) =>
  [
    `a function of type ${found} as ${wanted}`,
    provider(undefined, 0, found),
    user(0, [wanted]),
    fits,
  ] as const;
const globals =
  (mutable: 0 | 1) =>
  ([found, wanted, fits]: readonly [Reference, Reference, boolean]) =>
    [
      `${mutable === 1 ? 'a mutable' : 'an immutable'} global ${found} as ${wanted}`,
      provider([6, 1, ...code[found], mutable, ...initial[found], 0x0b], 3),
      user(3, [...code[wanted], mutable]),
      fits,
    ] as const;
const tables = ([found, wanted, fits]: readonly [Reference, Reference, boolean]) =>
  [
    `a table ${found} as ${wanted}`,
    provider([4, 1, 0x40, 0, ...code[found], 0, 1, ...initial[found], 0x0b], 1),
    user(1, [...code[wanted], 0, 1]),
    fits,
  ] as const;

const cases = [
  ...(
    [
      [0, 0, true],
      [1, 0, true],
      [1, 1, true],
      [2, 2, true],
      [0, 1, false],
      [2, 0, false],
      [1, 2, false],
      [0, 3, false],
    ] as const
  ).map(functions),
  ...(
    [
      ['(ref func)', 'funcref', true],
      ['(ref $special)', 'funcref', true],
      ['(ref $special)', '(ref func)', true],
      ['(ref $special)', '(ref null $special)', true],
      ['nullfuncref', 'funcref', true],
      ['nullfuncref', '(ref null $special)', true],
      ['nullexternref', 'externref', true],
      ['i31ref', 'anyref', true],
      ['i31ref', 'eqref', true],
      ['(ref i31)', 'i31ref', true],
      ['funcref', '(ref func)', false],
      ['funcref', 'nullfuncref', false],
      ['(ref func)', '(ref $special)', false],
      ['(ref null $special)', '(ref $special)', false],
      ['anyref', 'i31ref', false],
      ['externref', 'anyref', false],
      ['(ref func)', 'anyref', false],
      ['(ref func)', 'externref', false],
    ] as const
  ).map(globals(0)),
  ...(
    [
      ['(ref func)', '(ref func)', true],
      ['i31ref', 'i31ref', true],
      ['(ref func)', 'funcref', false],
      ['i31ref', 'anyref', false],
      ['funcref', '(ref func)', false],
    ] as const
  ).map(globals(1)),
  ...(
    [
      ['(ref func)', '(ref func)', true],
      ['(ref $special)', '(ref $special)', true],
      ['(ref func)', 'funcref', false],
      ['i31ref', 'anyref', false],
      ['funcref', '(ref func)', false],
    ] as const
  ).map(tables),
];

forEachEngine((engine) => {
  it.each(cases)('takes %s where the specification does', async (_what, providing, importing, fits) => {
    using runtime = await createRuntime({ engine });
    try {
      runtime.instantiate(providing, { name: 'p' });
    } catch (error) {
      // Node.js before 22 and libwasmedge 0.14 know none of these types.
      expect(InvalidGuestError.isInstance(error)).toBe(true);
      const { library } = runtime.report();
      if (library === undefined) expect(WebAssembly.validate(providing as BufferSource)).toBe(false);
      else expect(library.version).toMatch(/^0\.14\./);
      return;
    }
    if (fits) runtime.instantiate(importing);
    else
      expectThrows(
        () => runtime.instantiate(importing),
        ImportMismatchError,
        'ERR_IMPORT_MISMATCH',
        /import/,
      );
  });
});
