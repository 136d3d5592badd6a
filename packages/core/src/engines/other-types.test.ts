import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import {
  createRuntime,
  hostFunction,
  hostModule,
  ImportMismatchError,
  InvalidGuestError,
  UnsupportedByEngineError,
} from '../index.js';
import { moduleOf } from '../module-types/__fixtures__/modules.js';

// Encodings: WebAssembly 3.0, chapter Binary Format, Types. Type 0 is a function, type 1 a struct with a field that can be set.
const types = [2, 0x60, 1, 0x7f, 0, 0x5f, 1, 0x7f, 1];
const cases: readonly (readonly [name: string, type: readonly number[], initial: readonly number[]])[] = [
  ['i31ref', [0x6c], [0x41, 7, 0xfb, 28]],
  ['anyref', [0x6e], [0x41, 7, 0xfb, 28]],
  ['eqref', [0x6d], [0x41, 7, 0xfb, 28]],
  ['structref', [0x6b], [0xfb, 1, 1]],
  ['(ref null 1)', [0x63, 1], [0xfb, 1, 1]],
  ['(ref 1)', [0x64, 1], [0xfb, 1, 1]],
  ['arrayref', [0x6a], [0xd0, 0x6a]],
  ['nullref', [0x71], [0xd0, 0x71]],
  ['exnref', [0x69], [0xd0, 0x69]],
  ['nullfuncref', [0x73], [0xd0, 0x73]],
  ['(ref null 0)', [0x63, 0], [0xd2, 0]],
  ['(ref 0)', [0x64, 0], [0xd2, 0]],
  ['(ref func)', [0x64, 0x70], [0xd2, 0]],
];

/** A guest with a table "t" and a global "g" of the type, both of which hold the initial value. */
const guest = (type: readonly number[], initial: readonly number[]) =>
  moduleOf(
    [1, ...types],
    [3, 1, 0],
    [4, 1, 0x40, 0, ...type, 0, 1, ...initial, 0x0b],
    [6, 1, ...type, 1, ...initial, 0x0b],
    [7, 3, 1, 0x74, 1, 0, 1, 0x67, 3, 0, 1, 0x66, 0, 0],
    [9, 1, 3, 0, 1, 0],
    [10, 1, 2, 0, 0x0b],
  );

const unsupported = [
  UnsupportedByEngineError,
  'ERR_UNSUPPORTED_BY_ENGINE',
  /stay inside guests on every engine/,
] as const;

forEachEngine((engine) => {
  it.each(cases)('lets no %s out of a guest and none in', async (name, type, initial) => {
    using runtime = await createRuntime({ engine });
    let instance: ReturnType<typeof runtime.instantiate>;
    try {
      instance = runtime.instantiate(guest(type, initial));
    } catch (error) {
      // Node before 22 and libwasmedge before 0.16 know none of these, later ones not all.
      if (engine === 'v8' && Number.parseInt(process.versions.node, 10) >= 24) throw error;
      expect(InvalidGuestError.isInstance(error)).toBe(true);
      return;
    }
    const table = instance.exportedTable('t');
    const global = instance.exportedGlobal('g');
    expect([table.type, table.length, global.type, global.mutable]).toEqual([undefined, 1, undefined, true]);
    const named = new RegExp(name.replace(/[()]/g, '\\$&'));
    for (const value of [null, instance.exports.f, 7, 7n, {}, undefined]) {
      expectThrows(() => table.set(0, value), ...unsupported, named);
      expectThrows(() => global.set(value), ...unsupported, named);
    }
    expectThrows(() => table.get(0), ...unsupported, named);
    expectThrows(() => table.grow(1), ...unsupported, named);
    expectThrows(() => global.get(), ...unsupported, named);
  });

  it('says of a table that its values do not cross, wherever its index lies', async () => {
    // An i31ref table whose element is 2^27 - 1: on libwasmedge 0.17.1 it was taken for the address of a function.
    const bytes = Uint8Array.from(
      Buffer.from('0061736d01000000040b0140006c00014107fb1c0b07050101740100', 'hex'),
    );
    using runtime = await createRuntime({ engine });
    try {
      const table = runtime.instantiate(bytes).exportedTable('t');
      for (const index of [0, 1, -1, 0.5]) expectThrows(() => table.get(index), ...unsupported, /i31ref/);
    } catch (error) {
      expect(InvalidGuestError.isInstance(error)).toBe(true);
    }
  });

  it('takes no externref of a guest for one that the host has given', async () => {
    // extern.convert_any of an i31ref, as result and as parameter: an engine that stores its own references as numbers must tell them apart.
    const bytes = moduleOf(
      [1, 3, 0x60, 1, 0x6f, 0, 0x60, 0, 1, 0x6f, 0x60, 0, 0],
      [2, 1, 1, 0x65, 1, 0x66, 0, 0],
      [3, 2, 1, 2],
      [7, 2, 1, 0x61, 0, 1, 1, 0x62, 0, 2],
      [10, 2, 8, 0, 0x41, 1, 0xfb, 28, 0xfb, 27, 0x0b, 10, 0, 0x41, 1, 0xfb, 28, 0xfb, 27, 0x10, 0, 0x0b],
    );
    const seen: unknown[] = [];
    const f = hostFunction(['externref'], [], (_caller, value) => void seen.push(value));
    using runtime = await createRuntime({ engine, hostModules: [hostModule('e', { f })] });
    let instance: ReturnType<typeof runtime.instantiate>;
    try {
      instance = runtime.instantiate(bytes);
    } catch (error) {
      if (engine === 'v8' && Number.parseInt(process.versions.node, 10) >= 24) throw error;
      expect(InvalidGuestError.isInstance(error)).toBe(true);
      return;
    }
    if (engine === 'v8') {
      // WebAssembly JavaScript interface, ToJSValue: a reference to an i31 is its number.
      expect([instance.exports.a?.(), instance.exports.b?.(), seen]).toEqual([1, undefined, [1]]);
      return;
    }
    for (const name of ['a', 'b']) {
      expectThrows(
        () => instance.exports[name]?.(),
        UnsupportedByEngineError,
        'ERR_UNSUPPORTED_BY_ENGINE',
        /externref that it converted/,
      );
    }
    expect(seen).toEqual([]);
  });

  it.each([
    // WebAssembly 3.0, Matching: an immutable global matches one of a more general type.
    ['(ref func)', [0x64, 0x70], [0xd2, 0], true],
    ['(ref 0)', [0x64, 0], [0xd2, 0], true],
    ['i31ref', [0x6c], [0x41, 7, 0xfb, 28], false],
    ['(ref null 1)', [0x63, 1], [0xfb, 1, 1], false],
    ['exnref', [0x69], [0xd0, 0x69], false],
  ] as const)(
    'lets a guest import an immutable global of %s as funcref only where it is one',
    async (...given) => {
      const [name, type, initial, fits] = given;
      const exporting = moduleOf(
        [1, ...types],
        [3, 1, 0],
        [6, 1, ...type, 0, ...initial, 0x0b],
        [7, 2, 1, 0x67, 3, 0, 1, 0x66, 0, 0],
        [10, 1, 2, 0, 0x0b],
      );
      const importing = moduleOf([2, 1, 1, 0x61, 1, 0x67, 3, 0x70, 0], [7, 1, 1, 0x67, 3, 0]);
      using runtime = await createRuntime({ engine });
      let instance: ReturnType<typeof runtime.instantiate>;
      try {
        instance = runtime.instantiate(exporting, { name: 'a' });
      } catch (error) {
        if (engine === 'v8' && Number.parseInt(process.versions.node, 10) >= 24) throw error;
        expect(InvalidGuestError.isInstance(error)).toBe(true);
        return;
      }
      if (fits) {
        const global = runtime.instantiate(importing).exportedGlobal('g');
        if (engine === 'wasmedge' && name === '(ref 0)') {
          // libwasmedge tells of the index of a type, and not of whose.
          expectThrows(() => global.get(), ...unsupported, /not known here/);
        } else {
          expect(global.get()).toBe(instance.exports.f);
        }
      } else {
        expectThrows(() => runtime.instantiate(importing), ImportMismatchError, 'ERR_IMPORT_MISMATCH');
      }
    },
  );
});
