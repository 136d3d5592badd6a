import type { ConformanceSuite } from '../suite.js';

export const suite: ConformanceSuite;
