import { ConformanceError } from './errors.js';
import { findTargets, type TargetChoice, type TargetOptions } from './find-targets.js';
import type { ConformanceSuite } from './suite.js';
import type { Target } from './target.js';

/** The variable that asks for every placement of every engine and provider. */
const placementsVariable = 'WASMEDGE_TEST_PLACEMENTS';

/**
 * The targets of a test: those that were asked for, otherwise all of them inline, and each provider on one engine in a worker thread and in a process. With
 * `WASMEDGE_TEST_PLACEMENTS=all` every engine and provider runs in each placement, with `inline` in no other one.
 *
 * @throws {ConformanceError} when the variable has another value.
 */
export async function findTestedTargets(
  suite: ConformanceSuite,
  options: TargetOptions,
): Promise<TargetChoice> {
  if (options.placements !== undefined) return findTargets(suite, options);
  const wanted = process.env[placementsVariable];
  switch (wanted) {
    case 'all':
      return findTargets(suite, { ...options, placements: ['inline', 'worker', 'process'] });
    case 'inline':
      return findTargets(suite, options);
    case undefined: {
      const { available, ignored } = await findTargets(suite, options);
      return { available: [...available, ...onePerProvider(available)], ignored };
    }
    default:
      throw new ConformanceError(
        `${placementsVariable} is "${wanted}"; set it to all or inline, or not at all.`,
      );
  }
}

function onePerProvider(available: readonly Target[]): Target[] {
  const first = available.filter(
    ({ provider }, index) => available.findIndex((target) => target.provider === provider) === index,
  );
  return (['worker', 'process'] as const).flatMap((placement) =>
    first.map((target) => ({ ...target, placement })),
  );
}
