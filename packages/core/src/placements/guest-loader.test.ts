import { expect, it } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import { guestLoader, type TypedPlacedInstance } from '../guests.js';
import { createRuntime, DisposedError, signature } from '../index.js';

const guest = wat(`(module
  (memory (export "memory") 1)
  (global (export "count") (mut i64) (i64.const 7))
  (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))`);

interface Shape {
  readonly functions: { readonly add: (left: number, right: number) => number };
  readonly memories: 'memory';
  readonly hasMemory: true;
  readonly globals: { count: bigint };
  readonly tables: never;
}

const signatures = { add: signature(['i32', 'i32'], ['i32']) };
const load = guestLoader<Shape>(guest, signatures);

it('makes a runtime in this thread, which ends with the instance', async () => {
  const instance = await load();
  expect(instance.exports.add(40, 2)).toBe(42);
  expect(instance.memory.byteLength).toBe(65_536);
  expect(instance.exportedGlobal('count').get() + 1n).toBe(8n);
  instance[Symbol.dispose]();
  expect(() => instance.exports.add(1, 2)).toThrow(DisposedError);
  instance[Symbol.dispose]();
});

it.each(['worker', 'process'] as const)(
  'makes a runtime in a %s, which ends with the instance',
  async (placement) => {
    const instance: TypedPlacedInstance<Shape> = await load({ placement });
    expect(await instance.exports.add(40, 2)).toBe(42);
    expect(await instance.exportedGlobal('count').get()).toBe(7n);
    await instance[Symbol.asyncDispose]();
    await expect(instance.exports.add(1, 2)).rejects.toThrow(/disposed|ended/);
    await instance[Symbol.asyncDispose]();
  },
);

it('uses a runtime that is given, which goes on', async () => {
  using runtime = await createRuntime();
  const first = await load(runtime, { name: 'math' });
  expect(first.exports.add(1, 2)).toBe(3);
  const importer = wat(`(module (import "math" "add" (func $add (param i32 i32) (result i32)))
    (func (export "twice") (param i32) (result i32) (call $add (local.get 0) (local.get 0))))`);
  expect(runtime.instantiate(importer).exports.twice?.(4)).toBe(8);
  first[Symbol.dispose]();
  expect((await load(runtime)).exports.add(2, 3)).toBe(5);
  await using placed = await createRuntime({ placement: 'worker' });
  await (await load(placed))[Symbol.asyncDispose]();
  expect(await (await load(placed)).exports.add(2, 3)).toBe(5);
});

it('leaves nothing when the guest is another one, or the options are wrong', async () => {
  const other = guestLoader<Shape>(wat('(module (func (export "add") (param i32)))'), signatures);
  for (const placement of ['inline', 'worker'] as const) {
    await expect(other({ placement } as never)).rejects.toMatchObject({ code: 'ERR_EXPORT_MISMATCH' });
  }
  await expect(load({ engin: 'v8' } as never)).rejects.toMatchObject({ code: 'ERR_INVALID_ARGUMENT' });
  using runtime = await createRuntime();
  await expect(load(runtime, { nam: 'math' } as never)).rejects.toMatchObject({
    code: 'ERR_INVALID_ARGUMENT',
  });
});
