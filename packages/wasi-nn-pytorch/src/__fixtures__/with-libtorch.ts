import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { it } from 'vitest';
import { findShim } from '../library/find-shim.js';

/** Declares tests that need libtorch; without it, a skipped test with the reason, which fails where `CI_REQUIRE` names `libtorch`. */
export async function describeWithLibtorch(declare: () => void | Promise<void>): Promise<void> {
  const problem = problemOf(findShim);
  if (problem === undefined) {
    await declare();
    return;
  }
  const reason = problem.split('\n', 1)[0]?.replace('; searched:', '') ?? '';
  const required = (process.env.CI_REQUIRE ?? '').split(',').some((name) => name.trim() === 'libtorch');
  if (required) {
    it(`needs libtorch: ${reason}`, () => {
      throw new Error(`CI_REQUIRE asks for it: ${problem}`);
    });
  } else {
    it.skip(`needs libtorch: ${reason}`);
    // A reporter that hides skipped tests must not hide the reason.
    console.warn(`Not run, needs libtorch: ${reason}`);
  }
}
