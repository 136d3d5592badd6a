import type { Told } from './judge.js';
import type { Scenario } from './step.js';

/** One call, or what is in the folder afterwards, that two hosts answer differently. */
export interface Difference {
  readonly scenario: string;
  readonly call: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Differences that are as they should be. */
export interface Allowance {
  readonly calls: RegExp;
  readonly ours: RegExp;
  readonly theirs: RegExp;
  /** Why our answer is right. */
  readonly why: string;
}

/** What is compared after the last call of a scenario. */
export const folderAfterwards = 'the folder afterwards';

/** Compares the answers of two hosts, call by call. */
export function findDifferences(
  scenarios: readonly Scenario[],
  ours: readonly Told[],
  theirs: readonly Told[],
): Difference[] {
  return scenarios.flatMap(({ name, steps }, index) => {
    const [own, other] = [ours[index], theirs[index]];
    return [...steps.map(({ label }) => label), folderAfterwards].flatMap((call, at) => {
      const isLast = at === steps.length;
      const [a = 'nothing', b = 'nothing'] = [own, other].map((told) =>
        isLast ? told?.tree : told?.answers[at],
      );
      return a === b ? [] : [{ scenario: name, call, ours: a, theirs: b }];
    });
  });
}

/** Whether a difference is one of those that are allowed. */
export function isAllowed({ scenario, call, ours, theirs }: Difference, allowance: Allowance): boolean {
  return (
    allowance.calls.test(`${scenario}: ${call}`) && allowance.ours.test(ours) && allowance.theirs.test(theirs)
  );
}
