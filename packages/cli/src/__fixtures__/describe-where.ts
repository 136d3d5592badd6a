import { describe, it } from 'vitest';

/** Declares tests where nothing stands in the way; elsewhere one skipped test tells what does. */
export function describeWhere(problem: string | undefined, name: string, declare: () => void): void {
  if (problem === undefined) {
    describe(name, declare);
  } else {
    it.skip(`${name}: ${problem.split('\n')[0]}`);
  }
}
