import './__fixtures__/side-by-side.js';
import { describe, expect, it } from 'vitest';
import { forEngine } from '../../../__fixtures__/engines.js';
import { expectThrows } from '../../../__fixtures__/expect-error.js';
import { wat } from '../../../__fixtures__/wat.js';
import {
  CostLimitError,
  createRuntime,
  type FunctionReference,
  GuestTrapError,
  hostFunction,
  hostModule,
  type Runtime,
  type RuntimeOptions,
  UnsupportedByEngineError,
} from '../../../index.js';
import { compileNatively } from '../../../native/__fixtures__/compile-natively.js';
import { openLibrary } from '../../../native/library.js';
import { createRuntimeWith } from '../../../runtime/create-inline-runtime.js';
import { trappingGuest, traps } from '../../__fixtures__/traps.js';
import { compileOnDemand } from './__fixtures__/compile-on-demand.js';
import type { CompiledCode, CompiledCodeSource } from './compiled-code.js';

const binary = (operation: string) =>
  wat(`(module (memory (export "memory") 1) (table 1 funcref)
    (func (export "compute") (param i32 i32) (result i32) (${operation} (local.get 0) (local.get 1))))`);
const subtracts = binary('i32.sub');
const adds = binary('i32.add');

/** Compiled code of `other` in place of the guest's own, so that one sees what ran. */
function codeOf(other: Uint8Array, guest = subtracts): CompiledCode {
  const section = compileNatively(other).subarray(other.length);
  return { bytes: Uint8Array.from([...guest, ...section]), form: 'plain' };
}

const make = (source: CompiledCodeSource, options: RuntimeOptions = {}) =>
  createRuntimeWith({ engine: 'wasmedge', ...options }, { source, isExpendable: true });

forEngine('wasmedge', () => {
  const nests = openLibrary(undefined).nestsCompiledCode;

  describe('compiled code', () => {
    it('runs in place of the interpreter once it is there', async () => {
      let code: CompiledCode | undefined;
      const asked: Uint8Array[] = [];
      using runtime = await make({
        find(guest, form) {
          expect(form).toBe('plain');
          asked.push(guest);
          return code;
        },
      });
      const before = runtime.instantiate(subtracts);
      expect(before.exports.compute?.(44, 2)).toBe(42);
      code = codeOf(adds);
      expect(runtime.instantiate(subtracts).exports.compute?.(44, 2)).toBe(46);
      expect(runtime.instantiate(subtracts).exports.compute?.(44, 2)).toBe(46);
      expect(before.exports.compute?.(44, 2)).toBe(42);
      expect(asked.length).toBe(2);
      expect(asked[1]).toBe(asked[0]);
      expect(asked[0]).toEqual(subtracts);
    });

    it('is the same whatever limits change in the guest', async () => {
      for (const limits of [{ memoryPages: 2 }, { memoryPages: 7 }]) {
        using runtime = await make({ find: () => codeOf(adds) }, { limits });
        const { exports, memory } = runtime.instantiate(subtracts);
        expect(exports.compute?.(44, 2)).toBe(46);
        expect(memory?.grow(limits.memoryPages - 1)).toBe(1);
        expect(memory?.grow(1)).toBe(-1);
      }
    });

    it('is asked for without the native code that a guest brings, which does not run', async () => {
      using runtime = await make({
        find(guest) {
          expect(guest).toEqual(subtracts);
          return undefined;
        },
      });
      expect(runtime.instantiate(codeOf(adds).bytes).exports.compute?.(44, 2)).toBe(42);
    });

    it('of another guest, of another form, or with more than its section is not used', async () => {
      const { bytes } = codeOf(adds);
      const more = Uint8Array.from([...bytes, 0, 2, 1, 97]);
      const another = Uint8Array.from([...subtracts, 0, 2, 1, 97]);
      for (const code of [
        codeOf(adds, adds),
        { bytes, form: 'metered' },
        { bytes: more, form: 'plain' },
        { bytes: another, form: 'plain' },
        { bytes: subtracts, form: 'plain' },
        { bytes: bytes.subarray(0, bytes.length - 1), form: 'plain' },
        { bytes: bytes.subarray(0, 20), form: 'plain' },
      ] as const) {
        using runtime = await make({ find: () => code });
        expect(runtime.instantiate(subtracts).exports.compute?.(44, 2)).toBe(42);
      }
    });

    it.each(traps)('says "%s" for %s', async (kind, name) => {
      const source = compileOnDemand();
      using runtime = await make(source);
      const { exports } = runtime.instantiate(trappingGuest);
      expect(source.guests).toBe(1);
      const error = expectThrows(
        () => exports[name]?.(),
        GuestTrapError,
        'ERR_GUEST_TRAP',
        new RegExp(`trapped: ${kind}`),
      );
      expect(error.trap).toBe(kind);
      expect(exports.nothing?.()).toBe(undefined);
    });

    it('is metered for limits.cost, which it keeps', async () => {
      const loop = wat(
        '(module (func (export "loop") (loop $l (br $l))) (func (export "one") (result i32) i32.const 1))',
      );
      const forms: string[] = [];
      const source = compileOnDemand();
      using runtime = await make(
        {
          find(guest, form, label) {
            forms.push(form);
            return source.find(guest, form, label);
          },
        },
        { limits: { cost: 1_000_000 } },
      );
      const { exports } = runtime.instantiate(loop);
      for (let round = 0; round < 2; round++) {
        expectThrows(() => exports.loop?.(), CostLimitError, 'ERR_COST_LIMIT', /more than 1000000/);
        expect(exports.one?.()).toBe(1);
      }
      expect(forms).toEqual(['metered']);
    });
  });

  describe('a host function that compiled code calls', () => {
    // Calls the host three times, and uses its memory and a global afterwards.
    const outer =
      wat(`(module (import "host" "call" (func $call)) (import "host" "never" (func $never)) (memory 1)
      (global $g (mut i32) (i32.const 10))
      (func (export "run") (result i32) (call $call) (call $call) (call $call)
        (i32.store (i32.const 0) (i32.const 5)) (i32.add (i32.load (i32.const 0)) (global.get $g)))
      (func (export "never") (call $never)))`);
    const inner =
      wat(`(module (memory 1) (func (export "one") (result i32) (i32.store (i32.const 0) (i32.const 1)) i32.const 1)
      (func (export "trap") unreachable))`);
    const withStart =
      wat(`(module (global $g (export "g") (mut i32) (i32.const 0)) (table (export "t") 1 funcref)
      (func $start (global.set $g (i32.const 3))) (start $start))`);
    const never = hostFunction([], [], () => {
      throw new Error('the guest went on in another one');
    });

    async function runWith(use: (runtime: Runtime) => void, source = compileOnDemand()): Promise<number> {
      let runtime: Runtime | undefined;
      const call = hostFunction([], [], () => use(runtime as Runtime));
      runtime = await make(source, { hostModules: [hostModule('host', { call, never })] });
      using _runtime = runtime;
      const { exports } = runtime.instantiate(outer);
      for (let round = 0; round < 2; round++) expect(exports.run?.()).toBe(15);
      return source.guests;
    }

    it('may instantiate and call other guests, which are interpreted where that is needed', async () => {
      const guests = await runWith((runtime) => {
        using instance = runtime.instantiate(inner);
        expect(instance.exports.one?.()).toBe(1);
        expect(() => instance.exports.trap?.()).toThrow(GuestTrapError);
      });
      expect(guests).toBe(nests ? 2 : 1);
    });

    it('enters no other compiled code where libwasmedge would lose its way', async () => {
      using others = await make(compileOnDemand());
      const compiled = others.instantiate(inner);
      const mayReachIt = others.instantiate(withStart);
      await runWith(() => {
        if (nests) {
          expect(compiled.exports.one?.()).toBe(1);
          expect(() => compiled.exports.trap?.()).toThrow(GuestTrapError);
          return;
        }
        const refused = [
          UnsupportedByEngineError,
          'ERR_UNSUPPORTED_BY_ENGINE',
          /host function that compiled/,
        ] as const;
        expectThrows(() => compiled.exports.one?.(), ...refused);
        expectThrows(() => others.instantiate(withStart), ...refused);
      });
      expect(compiled.exports.one?.()).toBe(1);
      expect(mayReachIt.exportedGlobal('g').get()).toBe(3);
    });

    it('may call the guests of a runtime that only interprets', async () => {
      using others = await createRuntime({ engine: 'wasmedge' });
      const { exports } = others.instantiate(inner);
      await runWith(() => expect(exports.one?.()).toBe(1));
    });

    it('ends the guest with what it throws', async () => {
      const thrown = new Error('thrown');
      await expect(
        runWith(() => {
          throw thrown;
        }),
      ).rejects.toBe(thrown);
    });
  });

  describe('a guest that may be given functions of another', () => {
    const provider = wat(`(module (type $i (func (result i32))) (memory 1) (table (export "table") 2 funcref)
      (elem (i32.const 0) $store) (data (i32.const 16) "\\2a")
      (func $store (export "store") (result i32) (i32.store (i32.const 0) (i32.const 7)) (i32.load (i32.const 16)))
      (func (export "peek") (result i32) (i32.load (i32.const 0))))`);
    const user = (table: string) =>
      wat(`(module (type $i (func (result i32))) ${table} (memory 1) (data (i32.const 16) "\\63")
        (func (export "indirect") (result i32) (call_indirect (type $i) (i32.const 0)))
        (func (export "peek") (result i32) (i32.load (i32.const 0))))`);

    const withTable = user('(import "provider" "table" (table 2 funcref))');
    const withFunction = user(
      '(import "provider" "store" (func $store (result i32))) (table 1 funcref) (elem (i32.const 0) $store)',
    );
    const withExport = user('(table (export "table") 2 funcref)');

    it.each([
      ['imports a table', withTable],
      ['imports a function', withFunction],
    ])('is interpreted when it %s: the function works on its own memory', async (_what, guest) => {
      using runtime = await make(compileOnDemand());
      const { exports } = runtime.instantiate(provider, { name: 'provider' });
      const used = runtime.instantiate(guest).exports;
      expect([used.indirect?.(), exports.peek?.(), used.peek?.()]).toEqual([42, 7, 0]);
    });

    it('is interpreted when the host can write to its table', async () => {
      using runtime = await make(compileOnDemand());
      const { exports } = runtime.instantiate(provider);
      const used = runtime.instantiate(withExport);
      used.exportedTable('table').set(0, exports.store as unknown as FunctionReference);
      expect([used.exports.indirect?.(), exports.peek?.(), used.exports.peek?.()]).toEqual([42, 7, 0]);
    });

    it('is interpreted when a function is given as a parameter or result', async () => {
      const source = compileOnDemand();
      using runtime = await make(source, {
        hostModules: [hostModule('host', { get: hostFunction([], ['funcref'], () => null) })],
      });
      runtime.instantiate(wat('(module (func (export "take") (param funcref)))'));
      runtime.instantiate(wat('(module (import "host" "get" (func (result funcref))))'));
      runtime.instantiate(wat('(module (global (export "g") (mut funcref) (ref.null func)))'));
      expect(source.guests).toBe(0);
      runtime.instantiate(wat('(module (func (export "take") (param externref)))'));
      expect(source.guests).toBe(1);
    });
  });
});
