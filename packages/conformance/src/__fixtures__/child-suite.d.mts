import type { ConformanceSuite } from '../suite.js';

export declare const suite: ConformanceSuite;
