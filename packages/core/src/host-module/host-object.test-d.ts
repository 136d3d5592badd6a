import { describe, expectTypeOf, it } from 'vitest';
import {
  type FunctionReference,
  type GuestMemory,
  type GuestTable,
  type HostModule,
  hostFunction,
  hostGlobal,
  hostMemory,
  hostModule,
  hostTable,
  hostTag,
  type PlacedHostMemory,
  type PlacedRuntime,
  type Runtime,
} from '../index.js';

declare const runtime: Runtime;
declare const placed: PlacedRuntime;

describe('host objects', () => {
  const memory = hostMemory({ minimum: 1 });
  const counter = hostGlobal('i64', 0n, { mutable: true });
  const constant = hostGlobal('i32', 666);
  const call = hostGlobal('funcref', null, { mutable: true });
  const any = hostGlobal('externref', {}, { mutable: true });
  const table = hostTable('funcref', { minimum: 1 });
  const failure = hostTag(['i32']);

  it('go into a module with functions', () => {
    const log = hostFunction(['i32'], [], () => {});
    const module = hostModule('env', { memory, counter, constant, call, any, table, failure, log });
    expectTypeOf(module).toEqualTypeOf<HostModule>();
    // @ts-expect-error a memory of JavaScript is none of the host
    const wrong = () => hostModule('env', { memory: new WebAssembly.Memory({ initial: 1 }) });
    expectTypeOf(wrong).toBeFunction();
  });

  it('are used by what they were declared as', () => {
    const use = () => ({
      memory: runtime.hostObject(memory),
      counter: runtime.hostObject(counter).get(),
      constant: runtime.hostObject(constant).get(),
      call: runtime.hostObject(call).get(),
      any: runtime.hostObject(any).get(),
      table: runtime.hostObject(table),
    });
    expectTypeOf(use).returns.toEqualTypeOf<{
      memory: GuestMemory;
      counter: bigint;
      constant: number;
      call: FunctionReference | null;
      any: unknown;
      table: GuestTable;
    }>();
    const placedUse = () => ({
      memory: placed.hostObject(memory),
      counter: placed.hostObject(counter).get(),
      constant: placed.hostObject(constant).get(),
    });
    expectTypeOf(placedUse).returns.toEqualTypeOf<{
      memory: PlacedHostMemory;
      counter: Promise<bigint>;
      constant: Promise<number>;
    }>();
  });

  it('refuse values of another type, and wrong use', () => {
    const wrong = [
      // @ts-expect-error an i64 is a bigint
      () => hostGlobal('i64', 1),
      // @ts-expect-error an f32 is a number
      () => hostGlobal('f32', 1n),
      // @ts-expect-error there is no u32
      () => hostGlobal('u32', 1),
      // @ts-expect-error functions of guests do not exist yet
      () => hostGlobal('funcref', () => {}),
      // @ts-expect-error the size is missing
      () => hostMemory({}),
      // @ts-expect-error there is no such option
      () => hostMemory({ minimum: 1, shared: true }),
      // @ts-expect-error there is no table of numbers
      () => hostTable('i32', { minimum: 1 }),
      // @ts-expect-error there is no such type
      () => hostTag(['string']),
      // @ts-expect-error an i64 is a bigint
      () => runtime.hostObject(counter).set(1),
      // @ts-expect-error it is immutable
      () => runtime.hostObject(constant).set(1),
      // @ts-expect-error tags are for guests only
      () => runtime.hostObject(failure),
      // @ts-expect-error tables do not cross
      () => placed.hostObject(table),
      // @ts-expect-error references do not cross
      () => placed.hostObject(call),
      // @ts-expect-error a function is no object
      () => runtime.hostObject(hostFunction([], [], () => {})),
    ];
    expectTypeOf(wrong).toBeArray();
  });
});
