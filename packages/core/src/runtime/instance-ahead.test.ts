import { expect, it, onTestFinished, vi } from 'vitest';
import { wat } from '../__fixtures__/wat.js';
import type { EngineName } from '../engines/engine.js';
import { type CompiledGuest, compileGuest, GuestTrapError, MissingImportError } from '../index.js';
import { createRuntimeWith } from './create-inline-runtime.js';

const look =
  '(func (export "look") (result i32) (global.set $seen (i32.add (global.get $seen) (i32.const 1))) (global.get $seen))';
const seen = '(global $seen (mut i32) (i32.const 0))';
const plain = await wat(`(module (memory 64) ${seen} ${look})`);
// Together more than the guests of a runtime may have.
const someElements = await wat(`(module (table 65536 funcref) ${seen} ${look})`);
const manyElements = await wat(`(module (table 9940000 funcref) ${seen} ${look})`);

it('is there when the call comes, and is used once', async () => {
  const { runtime, call, made } = await open('v8');
  const guest = await compileGuest(plain);
  runtime.makeAhead(guest);
  expect(made()).toBe(1);
  expect(call(guest)).toBe(1);
  expect(made()).toBe(1);
  expect(call(guest)).toBe(1);
  expect(made()).toBe(2);
});

it.each([
  ['runs something when it starts', `(module ${seen} (func $go) (start $go) ${look})`],
  ['is initialised', `(module ${seen} (func (export "_initialize")) ${look})`],
  ['has a large table', `(module (table 65537 funcref) ${seen} ${look})`],
  ['has much memory', `(module (memory 65) ${seen} ${look})`],
  ['imports from another guest', `(module (import "other" "look" (func (result i32))) ${seen} ${look})`],
])('is not made of a guest that %s', async (_what, text) => {
  const { runtime, call, made } = await open('v8');
  runtime.instantiate(plain, { name: 'other' });
  const guest = await compileGuest(await wat(text));
  const before = made();
  runtime.makeAhead(guest);
  expect(made()).toBe(before);
  expect(call(guest)).toBe(1);
});

it('is not made on wasmedge, which is quicker than a message', async () => {
  const { runtime, call } = await open('wasmedge');
  const guest = await compileGuest(plain, { engine: 'wasmedge' });
  runtime.makeAhead(guest);
  expect(call(guest)).toBe(1);
});

it('takes no tables from what comes after it', async () => {
  const { runtime, call } = await open('v8');
  const [one, other] = [await compileGuest(someElements), await compileGuest(manyElements)];
  expect(call(one)).toBe(1);
  runtime.makeAhead(one);
  expect(call(other)).toBe(1);
  runtime.makeAhead(one);
  runtime.dropAhead();
  runtime.instantiate(manyElements);
});

it('is made anew when guests can import something else', async () => {
  const { runtime, call, made } = await open('v8');
  const guest = await compileGuest(plain);
  runtime.makeAhead(guest);
  runtime.instantiate(plain, { name: 'other' });
  const before = made();
  expect(call(guest)).toBe(1);
  expect(made()).toBe(before + 1);
});

it('is not made of a guest that has lost what it imports', async () => {
  const { runtime, call } = await open('v8');
  const other = runtime.instantiate(plain, { name: 'other' });
  const guest = await compileGuest(
    await wat(`(module (import "other" "look" (func (result i32))) ${seen} ${look})`),
  );
  expect(call(guest)).toBe(1);
  other[Symbol.dispose]();
  runtime.makeAhead(guest);
  expect(() => call(guest)).toThrow(MissingImportError);
});

it('leaves it to the call to fail', async () => {
  const { runtime, call } = await open('v8');
  const guest = await compileGuest(await wat(`(module (memory 0) (data (i32.const 0) "a") ${seen} ${look})`));
  runtime.makeAhead(guest);
  expect(() => call(guest)).toThrow(GuestTrapError);
});

async function open(engine: EngineName) {
  let made = 0;
  const count = (
    type: typeof WebAssembly.Instance,
    args: ConstructorParameters<typeof WebAssembly.Instance>,
  ) => {
    made++;
    return Reflect.construct(type, args) as WebAssembly.Instance;
  };
  vi.stubGlobal(
    'WebAssembly',
    Object.create(WebAssembly, {
      Instance: { value: new Proxy(WebAssembly.Instance, { construct: count }) },
    }),
  );
  onTestFinished(() => void vi.unstubAllGlobals());
  const runtime = await createRuntimeWith({ engine }, undefined);
  onTestFinished(() => runtime[Symbol.dispose]());
  const call = (guest: CompiledGuest) =>
    runtime.callFresh(guest, { name: 'look', args: [], exports: undefined });
  return { runtime, call, made: () => made };
}
