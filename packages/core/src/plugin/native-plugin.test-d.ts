import { expectTypeOf, it } from 'vitest';
import {
  createRuntime,
  type GuestMemory,
  type NativeFunctions,
  nativeFunctions,
  nativePlugin,
  type Plugin,
  type Runtime,
} from '../index.js';

declare const runtime: Runtime;

// As generateDeclarations writes them.
interface GetStringFunctions {
  readonly get_string: (p0: number, p1: number, p2: number) => void;
}
type GetStringOptions = {
  readonly string?: string | readonly string[];
  readonly upper?: boolean;
};

it('a native plug-in takes the options of its declarations', () => {
  expectTypeOf(nativePlugin({ path: 'x.so' })).toEqualTypeOf<Plugin>();
  nativePlugin<GetStringOptions>({ path: 'x.so', options: { string: 'hi', upper: true } });
  nativePlugin({ name: 'x', options: { anything: 1n, list: ['a'] }, sha256: ['a', 'b'] });
  // @ts-expect-error: upper is a toggle.
  nativePlugin<GetStringOptions>({ path: 'x.so', options: { upper: 'yes' } });
  // @ts-expect-error: there is no such option.
  nativePlugin<GetStringOptions>({ path: 'x.so', options: { lower: true } });
  // @ts-expect-error: an option is not an object.
  nativePlugin({ path: 'x.so', options: { odd: {} } });
  // @ts-expect-error: a misspelt option of nativePlugin itself.
  nativePlugin({ path: 'x.so', sha265: 'a' });
});

it('its functions have the types of its declarations, and a memory', () => {
  const functions = nativeFunctions<GetStringFunctions>(runtime, 'module_wasm_name');
  expectTypeOf(functions).toEqualTypeOf<NativeFunctions<GetStringFunctions>>();
  expectTypeOf(functions.memory).toEqualTypeOf<GuestMemory>();
  expectTypeOf(functions.exports.get_string).parameters.toEqualTypeOf<[number, number, number]>();
  // @ts-expect-error: a bigint is not a pointer.
  functions.exports.get_string(1n, 2, 3);
  // @ts-expect-error: there is no such function.
  functions.exports.set_string(1, 2);
});

it('what a runtime trusts is typed', () => {
  void createRuntime({
    nativePlugins: { sha256: { a: 'x', b: ['y'] }, publicKeys: ['pem'], lockFile: 'x', unverified: 'warn' },
  });
  // @ts-expect-error: not a policy.
  void createRuntime({ nativePlugins: { unverified: 'ignore' } });
  // @ts-expect-error: pins are by name.
  void createRuntime({ nativePlugins: { sha256: 'abc' } });
});
