import { CannotCrossError, packPlugins } from '@wasmedge-plugins/core';
import { ConformanceError } from './errors.js';
import { findTargets, type TargetChoice, type TargetOptions } from './find-targets.js';
import type { ConformanceCase, ConformanceSuite } from './suite.js';
import type { Target } from './target.js';

/** The variable that asks for every placement of every engine and provider. */
const placementsVariable = 'WASMEDGE_TEST_PLACEMENTS';

/** The targets of a test. */
export interface TestedTargetOptions extends TargetOptions {
  /** Whether engine `wasmedge` runs the guests as compiled code too, in a process. Default: only with `WASMEDGE_TEST_PLACEMENTS=all`. */
  readonly compiled?: boolean | undefined;
}

/**
 * The targets of a test: the requested ones, otherwise all of them inline, and each provider on one engine in a worker thread and in a process. With
 * `WASMEDGE_TEST_PLACEMENTS=all` every engine and provider runs in each placement, and `wasmedge` with compiled code too; with `inline` in no other placement.
 *
 * @throws {ConformanceError} when the variable has another value.
 */
export async function findTestedTargets(
  suite: ConformanceSuite,
  { compiled = false, ...options }: TestedTargetOptions,
): Promise<TargetChoice> {
  if (options.placements !== undefined) return findTargets(suite, options);
  const wanted = process.env[placementsVariable];
  if (wanted !== undefined && wanted !== 'all' && wanted !== 'inline') {
    throw new ConformanceError(
      `${placementsVariable} is "${wanted}"; set it to all or inline, or not at all.`,
    );
  }
  const { available, ignored } = await findTargets(suite, options);
  const first = available.filter(
    ({ provider }, index) => available.findIndex((target) => target.provider === provider) === index,
  );
  const elsewhere = wanted === 'inline' ? [] : wanted === 'all' ? available : first;
  const withCode =
    wanted === 'all' || (compiled && wanted !== 'inline') ? available.filter(canRunCompiled) : [];
  const placed = [
    ...(['worker', 'process'] as const).flatMap((placement) =>
      elsewhere.map((target) => ({ ...target, placement })),
    ),
    ...withCode.map((target) => ({ ...target, placement: 'process', aot: 'wait' }) as const),
  ].map((target) => ({ ...target, reason: placementProblem(suite, target) }));
  const [can, cannot] = [true, false].map((fits) =>
    placed.filter(({ reason }) => (reason === undefined) === fits),
  ) as [typeof placed, typeof placed];
  return {
    available: [...available, ...can.map(({ reason: _reason, ...target }) => target)],
    ignored: [
      ...ignored,
      ...cannot.map(({ reason = '', ...target }) => ({ ...target, reason, required: false })),
    ],
  };
}

/**
 * Whether a test leaves out a case on a target: what a stand-in does where upstream is known to differ is no verdict on either, and takes a process for
 * each case. With `WASMEDGE_TEST_PLACEMENTS=all` it is shown.
 */
export function isLeftOut({ standIn }: Target, { upstreamDiffers }: ConformanceCase): boolean {
  return standIn === true && upstreamDiffers !== undefined && process.env[placementsVariable] !== 'all';
}

/** Guests of native plug-ins are interpreted. */
function canRunCompiled({ engine, provider }: Target): boolean {
  return engine === 'wasmedge' && provider === 'embedded';
}

/** Why the plug-in of the suite cannot go to another thread or process. */
function placementProblem(suite: ConformanceSuite, { provider, nativePath }: Target): string | undefined {
  try {
    packPlugins({
      plugins: [suite.createPlugin({ provider, ...(nativePath !== undefined && { nativePath }) })],
    });
    return undefined;
  } catch (error) {
    if (CannotCrossError.isInstance(error)) return error.message;
    throw error;
  }
}
