import { describe, expectTypeOf, it } from 'vitest';
import {
  createRuntime,
  type GuestFunction,
  type GuestMemory,
  type GuestResult,
  type GuestResultValue,
  type InlineRuntimeOptions,
  type PlacedRuntimeOptions,
  type Plugin,
  type PluginContext,
  type Runtime,
  type RuntimeOptions,
  type RuntimeReport,
  type Signature,
  signature,
} from '../index.js';

declare const runtime: Runtime;

describe('instance.exportedGlobal', () => {
  const instance = () => runtime.instantiate('guest.wasm');

  it('is typed by the type that is stated', () => {
    expectTypeOf(() => instance().exportedGlobal('count', 'i64').get()).returns.toEqualTypeOf<bigint>();
    expectTypeOf(() => instance().exportedGlobal('ratio', 'f32').get()).returns.toEqualTypeOf<number>();
    // @ts-expect-error an i64 is a bigint
    const wrongValue = () => instance().exportedGlobal('count', 'i64').set(1);
    // @ts-expect-error there is no such type
    const wrongType = () => instance().exportedGlobal('count', 'u64');
    expectTypeOf([wrongValue, wrongType]).toBeArray();
  });

  it('has one of few kinds of values where none is stated', () => {
    const get = () => instance().exportedGlobal('count').get();
    expectTypeOf(get).returns.toEqualTypeOf<GuestResultValue>();
    expectTypeOf(get).returns.not.toBeUnknown();
    // @ts-expect-error it may be a bigint
    const wrong = (): number => instance().exportedGlobal('count').get();
    expectTypeOf(wrong).toBeFunction();
  });
});

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

  it('types exports that are not declared as functions of guest values, whose result is one of few kinds', () => {
    const { exports, memory } = runtime.instantiate('guest.wasm');
    expectTypeOf(exports.anything).toEqualTypeOf<GuestFunction | undefined>();
    expectTypeOf<ReturnType<GuestFunction>>().toEqualTypeOf<GuestResult>();
    expectTypeOf<GuestResult>().not.toBeUnknown();
    expectTypeOf<GuestResult>().not.toBeAny();
    const result = exports.anything?.(1, 2n);
    if (typeof result === 'number') expectTypeOf(result).toBeNumber();
    // @ts-expect-error it may be a bigint, or nothing
    Number.isInteger(result) && result + 1;
    expectTypeOf(memory).toEqualTypeOf<GuestMemory | undefined>();
  });

  it('types an export by a signature that is told later', () => {
    const instance = runtime.instantiate('guest.wasm');
    const add = instance.exportedFunction('add', signature(['i32', 'i32'], ['i32']));
    expectTypeOf(add).toEqualTypeOf<(...args: [number, number]) => number>();
    expectTypeOf(instance.exportedFunction('a', { params: ['i64'], results: [] })).toEqualTypeOf<
      (...args: [bigint]) => void
    >();
    // @ts-expect-error a signature has value types
    instance.exportedFunction('add', { params: ['u8'], results: [] });
    // @ts-expect-error it needs a signature
    instance.exportedFunction('add');
  });

  it('tells the types of exports after narrowing', () => {
    const type = runtime.instantiate('guest.wasm').exportTypes.get('add');
    if (type?.kind === 'function') expectTypeOf(type.signature).toEqualTypeOf<Signature | undefined>();
    if (type?.kind === 'memory') expectTypeOf(type.minimum).toBeNumber();
    // @ts-expect-error what it is, is not known yet
    type?.signature;
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
