import type { RunOptions } from '../../runtime/run-options.js';
import type { RepeatableCallOptions } from './call-options.js';
import type { PlacedInput, PlacedOutput } from './placed-streams.js';

/** What one run of a command gets. Options that you omit are as the runtime's `wasi` says. */
export interface PlacedRunOptions
  extends Omit<RunOptions, keyof RepeatableCallOptions | 'stdin' | 'stdout' | 'stderr'>,
    RepeatableCallOptions {
  /** Default: the runtime's, from its beginning; an object continues where it is. */
  readonly stdin?: PlacedInput | undefined;
  /** Default: the runtime's. */
  readonly stdout?: PlacedOutput | undefined;
  /** Default: the runtime's. The same object as `stdout` gets both, in the order in which the guest writes. */
  readonly stderr?: PlacedOutput | undefined;
}
