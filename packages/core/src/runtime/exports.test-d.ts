import { describe, expectTypeOf, it } from 'vitest';
import {
  createRuntime,
  type GuestFunction,
  type GuestMemory,
  type InlineRuntimeOptions,
  type PlacedRuntimeOptions,
  type Plugin,
  type PluginContext,
  type Runtime,
  type RuntimeOptions,
  type RuntimeReport,
  signature,
} from '../index.js';

declare const runtime: Runtime;

describe('runtime.instantiate', () => {
  it('types the exports whose signatures are declared', () => {
    const { exports } = runtime.instantiate('guest.wasm', {
      exports: {
        add: signature(['i32', 'i32'], ['i32']),
        pair: signature(['i64'], ['i64', 'f64']),
        stop: signature([], []),
      },
    });
    expectTypeOf(exports.add).parameters.toEqualTypeOf<[number, number]>();
    expectTypeOf(exports.add).returns.toBeNumber();
    expectTypeOf(exports.pair).parameters.toEqualTypeOf<[bigint]>();
    expectTypeOf(exports.pair).returns.toEqualTypeOf<[bigint, number]>();
    expectTypeOf(exports.stop).toEqualTypeOf<() => void>();
    // @ts-expect-error an i32 is a number
    exports.add('1', 2);
    // @ts-expect-error an argument is missing
    exports.add(1);
    // @ts-expect-error it was not declared
    exports.other;
  });

  it('types exports that are not declared as functions of guest values with an unknown result', () => {
    const { exports, memory } = runtime.instantiate('guest.wasm');
    expectTypeOf(exports.anything).toEqualTypeOf<GuestFunction | undefined>();
    expectTypeOf<ReturnType<GuestFunction>>().toBeUnknown();
    expectTypeOf(memory).toEqualTypeOf<GuestMemory | undefined>();
  });

  it('refuses guests and options of another type', () => {
    // @ts-expect-error a guest is a path, a URL or bytes
    runtime.instantiate(5);
    // @ts-expect-error a name is text
    runtime.instantiate('guest.wasm', { name: 5 });
    // @ts-expect-error there is no option imports
    runtime.instantiate('guest.wasm', { imports: {} });
    // @ts-expect-error a signature has value types
    runtime.instantiate('guest.wasm', { exports: { add: signature(['u8'], []) } });
  });
});

describe('createRuntime', () => {
  it('refuses options that are misspelt or of another type', () => {
    // @ts-expect-error there is no such engine
    createRuntime({ engine: 'wasmtime' });
    // @ts-expect-error misspelt
    createRuntime({ plugin: [] });
    // @ts-expect-error milliseconds are a number
    createRuntime({ limits: { timeoutMs: '100' } });
    // @ts-expect-error misspelt
    createRuntime({ limits: { timeout: 100 } });
    // @ts-expect-error a plug-in has a name and a provider
    createRuntime({ plugins: [{}] });
  });

  it('has no any in what a user meets', () => {
    expectTypeOf<Parameters<typeof createRuntime>[0]>().toEqualTypeOf<
      InlineRuntimeOptions | PlacedRuntimeOptions
    >();
    expectTypeOf(createRuntime()).resolves.toEqualTypeOf<Runtime>();
    expectTypeOf<Runtime[keyof Runtime]>().not.toBeAny();
    expectTypeOf<RuntimeOptions[keyof RuntimeOptions]>().not.toBeAny();
    expectTypeOf<RuntimeReport[keyof RuntimeReport]>().not.toBeAny();
    expectTypeOf<Plugin[keyof Plugin]>().not.toBeAny();
    expectTypeOf<PluginContext[keyof PluginContext]>().not.toBeAny();
    expectTypeOf<GuestMemory[keyof GuestMemory]>().not.toBeAny();
  });
});
