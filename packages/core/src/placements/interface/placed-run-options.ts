import type { RunOptions } from '../../runtime/run-options.js';
import type { RepeatableCallOptions } from './call-options.js';
import type { PlacedInput, PlacedOutput } from './placed-streams.js';

/** What one call of a command gets. What is left out is as `wasi` of the runtime says. */
export interface PlacedRunOptions
  extends Omit<RunOptions, keyof RepeatableCallOptions | 'stdin' | 'stdout' | 'stderr'>,
    RepeatableCallOptions {
  /** Default: the runtime's, from its beginning; an object goes on where it is. */
  readonly stdin?: PlacedInput | undefined;
  /** Default: the runtime's. */
  readonly stdout?: PlacedOutput | undefined;
  /** Default: the runtime's. The same object as `stdout` gets both, in the order in which the guest writes. */
  readonly stderr?: PlacedOutput | undefined;
}
