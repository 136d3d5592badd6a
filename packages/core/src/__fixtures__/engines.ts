import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRuntime, type EngineName, findWasmEdge, type Instance, type Runtime } from '../index.js';
import { wat } from './wat.js';

const missing = await findWasmEdge().then(
  () => undefined,
  (error: Error) => error,
);
const required = (process.env.CI_REQUIRE ?? '').split(',').map((name) => name.trim());

/**
 * Declares a suite once for each engine. After each of its tests a runtime that was there before must still work, and so must a new
 * one: whatever a test does leaves the host and its other runtimes usable.
 */
export function forEachEngine(declare: (engine: EngineName) => void): void {
  forEngine('v8', () => declare('v8'));
  forEngine('wasmedge', () => declare('wasmedge'));
}

/**
 * Declares a suite for one engine. Without that engine it is skipped with the reason, or fails where `CI_REQUIRE` names it. Where only
 * what depends on libwasmedge runs, `v8` is skipped.
 */
export function forEngine(engine: EngineName, declare: () => void): void {
  if (engine === 'v8' && process.env.WASMEDGE_TESTS === 'libwasmedge') {
    it.skip('engine v8 does not depend on libwasmedge');
    return;
  }
  if (engine === 'wasmedge' && missing !== undefined) {
    const name = `engine wasmedge is not here: ${missing.message.split('\n')[0]}`;
    if (required.includes(engine)) {
      it(name, () => {
        throw missing;
      });
    } else {
      it.skip(name);
    }
    return;
  }
  describe(`engine ${engine}`, () => {
    let bystander: Runtime;
    let guest: Instance;
    beforeAll(async () => {
      bystander = await createRuntime({ engine });
      guest = bystander.instantiate(adder);
    });
    afterEach(async () => {
      expect(guest.exports.add?.(40, 2)).toBe(42);
      using fresh = await createRuntime({ engine });
      expect(fresh.instantiate(adder).exports.add?.(1, 2)).toBe(3);
    });
    afterAll(() => bystander?.[Symbol.dispose]());
    declare();
  });
}

/** A guest that exports `add`. */
export const adder = wat(
  '(module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))',
);
