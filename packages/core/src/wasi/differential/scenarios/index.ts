import type { Scenario } from '../step.js';
import { descriptorScenarios } from './descriptors.js';
import { listingScenarios } from './listings.js';
import { pathScenarios } from './paths.js';
import { timeScenarios } from './times.js';
import { waitingScenarios } from './waiting.js';

/** What the guest is made to do. */
export const scenarios: readonly Scenario[] = [
  ...pathScenarios,
  ...descriptorScenarios,
  ...timeScenarios,
  ...listingScenarios,
  ...waitingScenarios,
];
