import type { CaseContext, ConformanceCase } from '@wasmedge-plugins/conformance';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { findShim } from '../../src/library/find-shim.js';

/** Ends cases as ignored where the embedded provider has no libtorch; they fail where `CI_REQUIRE` names `libtorch`. */
export function needLibtorch(cases: readonly ConformanceCase[]): readonly ConformanceCase[] {
  return cases.map((each) => ({
    ...each,
    run(context: CaseContext) {
      const problem = context.provider === 'embedded' ? problemOf(findShim) : undefined;
      if (problem !== undefined) context.ignore(problem, 'libtorch');
      return each.run(context);
    },
  }));
}
