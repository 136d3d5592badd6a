import type { WasiOptions } from '../../wasi/wasi-options.js';
import type { StreamNumbers } from '../protocol/stream-messages.js';
import type { Lane } from './lane.js';
import { LaneInput } from './lane-input.js';
import { LaneOutput } from './lane-output.js';

/** The standard streams of a call or a runtime, as far as the caller serves them. */
export class LaneStreams {
  /** The options of WASI that stand for them. */
  readonly options: Pick<WasiOptions, 'stdin' | 'stdout' | 'stderr'>;
  readonly #outputs: readonly LaneOutput[];

  constructor(lane: Lane, { stdin, stdout, stderr }: StreamNumbers = {}) {
    const out = stdout === undefined ? undefined : new LaneOutput(lane, stdout);
    // One stream for both has one window, and keeps their order.
    const err = stderr === stdout ? out : stderr === undefined ? undefined : new LaneOutput(lane, stderr);
    this.#outputs = [out, err].filter((output) => output !== undefined);
    this.options = {
      ...(stdin !== undefined && { stdin: new LaneInput(lane, stdin) }),
      ...(out !== undefined && { stdout: out }),
      ...(err !== undefined && { stderr: err }),
    };
  }

  /**
   * Runs `use`, and waits until the caller has taken what was written.
   *
   * @throws what has gone wrong with a stream there, unless `use` has thrown.
   */
  during<Result>(use: () => Result): Result {
    let result: Result;
    try {
      result = use();
    } catch (error) {
      this.#flushIfPossible();
      throw error;
    }
    this.flush();
    return result;
  }

  /** Waits until the caller has taken what was written. */
  flush(): void {
    for (const output of this.#outputs) output.flush();
  }

  #flushIfPossible(): void {
    try {
      this.flush();
    } catch {
      // What ended the call is told already.
    }
  }
}
