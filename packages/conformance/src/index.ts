export {
  assertSuiteDetects,
  type CreateBrokenPlugin,
  type SuiteDetectsOptions,
} from './assert-suite-detects.js';
export type { CaseOutcome, CaseResult } from './case-result.js';
export type { CaseInstance, CaseRun, CaseRuntime } from './case-runtime.js';
export { ConformanceError } from './errors.js';
export { findTargets, type TargetChoice, type TargetOptions } from './find-targets.js';
export { formatJson } from './format-json.js';
export { formatTable } from './format-table.js';
export { inlineCaseRuntime } from './inline-case-runtime.js';
export { mapInOrder } from './map-in-order.js';
export { type ConformanceReport, runConformance } from './run-conformance.js';
export { type RunSuiteOptions, runSuite, type SuiteReport } from './run-suite.js';
export type { CaseContext, ConformanceCase, ConformanceSuite, ProviderSetup, RuntimeSetup } from './suite.js';
export { type IgnoredTarget, type Target, targetLabel } from './target.js';
