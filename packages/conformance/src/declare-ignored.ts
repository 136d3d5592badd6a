import { it } from 'vitest';
import { ConformanceError } from './errors.js';
import { type IgnoredTarget, targetLabel } from './target.js';

/** Declares a skipped test for a target that is not available, or a failing one when it is required. */
export function declareIgnored(target: IgnoredTarget): void {
  const [reason] = target.reason.split('\n', 1);
  const title = `${targetLabel(target)}: not run: ${reason}`;
  if (target.required) {
    it(title, () => {
      throw new ConformanceError(`CI_REQUIRE requires it: ${target.reason}`);
    });
  } else {
    it.skip(title);
    // A reporter that hides skipped tests must not hide the reason.
    console.warn(title);
  }
}
