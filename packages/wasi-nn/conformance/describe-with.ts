import { it } from 'vitest';
import type { SuiteRequirement } from './backend-suite.js';

/**
 * Declares tests that need a library. Without it they are one skipped test with the reason, or one that fails where `CI_REQUIRE` names the
 * library.
 *
 * @param title what a person calls it.
 */
export async function describeWith(
  title: string,
  { name, problem }: SuiteRequirement,
  declare: () => void | Promise<void>,
): Promise<void> {
  const found = problem();
  if (found === undefined) {
    await declare();
    return;
  }
  const reason = `needs ${title}: ${found.split('\n', 1)[0]?.replace('; searched:', '')}`;
  if ((process.env.CI_REQUIRE ?? '').split(',').some((each) => each.trim() === name)) {
    it(reason, () => {
      throw new Error(`CI_REQUIRE asks for it: ${found}`);
    });
  } else {
    it.skip(reason);
    // A reporter that hides skipped tests must not hide the reason.
    console.warn(`Not run, ${reason}`);
  }
}
