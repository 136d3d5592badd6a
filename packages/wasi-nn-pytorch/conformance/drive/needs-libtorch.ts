import type { CaseContext, ConformanceCase } from '@wasmedge-plugins/conformance';
import { libraryProblem } from '../../src/library/library-problem.js';

/** Ends cases as ignored where the embedded provider has no libtorch; they fail where `CI_REQUIRE` names `libtorch`. */
export function needLibtorch(cases: readonly ConformanceCase[]): readonly ConformanceCase[] {
  return cases.map((each) => ({
    ...each,
    run(context: CaseContext) {
      const problem = context.provider === 'embedded' ? libraryProblem() : undefined;
      if (problem !== undefined) context.ignore(problem, 'libtorch');
      return each.run(context);
    },
  }));
}
