import { expectTypeOf, it } from 'vitest';
import {
  type CompiledGuest,
  compileGuest,
  type EngineName,
  type GuestSource,
  type Runtime,
  signature,
} from '../index.js';

declare const runtime: Runtime;
declare const guest: CompiledGuest;

it('gives a guest that runtimes take like any other', () => {
  expectTypeOf(compileGuest).returns.resolves.toEqualTypeOf<CompiledGuest>();
  expectTypeOf<CompiledGuest>().toExtend<GuestSource>();
  expectTypeOf(guest.engine).toEqualTypeOf<EngineName>();
  expectTypeOf(runtime.run(guest)).toEqualTypeOf<number>();
  const { exports } = runtime.instantiate(guest, { exports: { add: signature(['i32', 'i32'], ['i32']) } });
  expectTypeOf(exports.add).toEqualTypeOf<(...args: [number, number]) => number>();
});

it('takes a path, a URL or bytes, and the options that say for whom', () => {
  expectTypeOf(compileGuest).parameter(0).toEqualTypeOf<string | URL | Uint8Array>();
  compileGuest('guest.wasm', {
    engine: 'wasmedge',
    library: '/lib/libwasmedge.so',
    limits: { memoryPages: 4 },
  });
  // @ts-expect-error a guest is compiled once
  compileGuest(guest);
  // @ts-expect-error compiling keeps no limit of time
  compileGuest('guest.wasm', { limits: { timeoutMs: 5 } });
  // @ts-expect-error there is no such option
  compileGuest('guest.wasm', { plugins: [] });
});

it('is made by compileGuest() alone', () => {
  // @ts-expect-error something that looks like a compiled guest is not one
  runtime.run({ engine: 'v8', [Symbol.dispose]() {} });
});
