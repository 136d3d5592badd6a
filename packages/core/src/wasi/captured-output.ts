import { ByteSink } from './descriptors/byte-sink.js';

/** Output that was captured since it was last taken. */
export interface TakenOutput {
  /** Whether a program has begun since: what was taken before is not of the latest one. */
  readonly begins: boolean;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

/** Where captured output is collected. */
export class CapturedOutput {
  readonly stdout: ByteSink;
  readonly stderr: ByteSink;
  #begins = false;
  #takenOfStdout = 0;
  #takenOfStderr = 0;

  /** @param limit maximum number of bytes of each stream. */
  constructor(limit: number) {
    this.stdout = new ByteSink(limit);
    this.stderr = new ByteSink(limit);
  }

  /** Forgets everything: another program begins. */
  begin(limit: number): void {
    this.stdout.clear(limit);
    this.stderr.clear(limit);
    this.#begins = true;
    this.#takenOfStdout = 0;
    this.#takenOfStderr = 0;
  }

  /** What has not been taken yet; it is kept. `undefined` when there is nothing new. */
  take(): TakenOutput | undefined {
    const begins = this.#begins;
    const { stdout, stderr } = this;
    if (!begins && stdout.length === this.#takenOfStdout && stderr.length === this.#takenOfStderr) {
      return undefined;
    }
    const taken = {
      begins,
      stdout: stdout.bytes(this.#takenOfStdout),
      stderr: stderr.bytes(this.#takenOfStderr),
    };
    this.#begins = false;
    this.#takenOfStdout = stdout.length;
    this.#takenOfStderr = stderr.length;
    return taken;
  }
}
