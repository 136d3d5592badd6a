import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { it } from 'vitest';
import { findLibrary } from '../library/find-library.js';

/**
 * Whether TensorFlow Lite's C library is here. Where it is not, declares a skipped test with the reason, or one that fails when `CI_REQUIRE`
 * names `tflite`.
 */
export function forTensorFlowLite(): boolean {
  const problem = problemOf(findLibrary);
  if (problem === undefined) return true;
  const required = (process.env.CI_REQUIRE ?? '').split(',').some((name) => name.trim() === 'tflite');
  if (required) {
    it("has TensorFlow Lite's C library", () => {
      throw new Error(`CI_REQUIRE asks for it: ${problem}`);
    });
  } else {
    const [reason] = problem.split('\n', 1);
    it.skip(`needs TensorFlow Lite's C library: ${reason}`);
    // A reporter that hides skipped tests must not hide the reason.
    console.warn(`Not run, needs TensorFlow Lite's C library: ${reason}`);
  }
  return false;
}
