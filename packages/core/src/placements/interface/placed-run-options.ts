import type { RunOptions } from '../../runtime/run-options.js';
import type { CallOptions, RepeatableCallOptions } from './call-options.js';

/** What one call of a command gets. What is left out is as `wasi` of the runtime says. */
export interface PlacedRunOptions extends Omit<RunOptions, keyof CallOptions>, RepeatableCallOptions {}
