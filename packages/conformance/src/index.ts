export type { CaseContext, ConformanceCase, ConformanceSuite, ProviderSetup } from './suite.js';
