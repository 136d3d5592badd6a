import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, DisposedError, InvalidArgumentError } from '../index.js';

const owner = wat(
  '(module (func (export "add") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))',
);
const passer = wat(
  '(module (import "owner" "add" (func $add (param i32) (result i32))) (export "add" (func $add)))',
);
const giver = wat(`(module
  (import "owner" "add" (func $add (param i32) (result i32)))
  (elem declare func $add)
  (func (export "give") (result funcref) (ref.func $add)))`);

// Exports are wrapped when they are first asked for; a function that arrives by another way before is the same one all the same.
forEachEngine((engine) => {
  it('hands over a function of a guest whose exports nobody has asked for', async () => {
    using runtime = await createRuntime({ engine });
    const guest = runtime.instantiate(owner, { name: 'owner' });
    const given = runtime.instantiate(giver).exports.give?.() as (...args: unknown[]) => unknown;
    expect(given(41)).toBe(42);
    expectThrows(() => given('41'), InvalidArgumentError, 'ERR_INVALID_ARGUMENT', /"add"/);
    expect(guest.exports.add).toBe(given);
  });

  it('refuses what a disposed guest exported, also when nobody had asked for it', async () => {
    using runtime = await createRuntime({ engine });
    const guest = runtime.instantiate(owner);
    guest[Symbol.dispose]();
    expect(Object.keys(guest.exports)).toEqual(['add']);
    expectThrows(() => guest.exports.add?.(1), DisposedError, 'ERR_DISPOSED');
  });

  it('refuses it also where another guest has the function and lives', async () => {
    using runtime = await createRuntime({ engine });
    const guest = runtime.instantiate(owner, { name: 'owner' });
    const other = runtime.instantiate(passer);
    const add = other.exports.add as (value: number) => unknown;
    guest[Symbol.dispose]();
    expectThrows(() => guest.exports.add?.(1), DisposedError, 'ERR_DISPOSED');
    expect([guest.exports.add === add, add(41)]).toEqual([false, 42]);
  });
});
