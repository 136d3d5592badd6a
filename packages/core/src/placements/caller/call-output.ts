import { Buffer } from 'node:buffer';
import type { TakenOutput } from '../../wasi/captured-output.js';

/** What the latest command, and the instances that were called after it, have written where that is captured. */
export class CallOutput {
  readonly #stdout: Uint8Array[] = [];
  readonly #stderr: Uint8Array[] = [];

  get stdout(): Uint8Array {
    return joined(this.#stdout);
  }

  get stderr(): Uint8Array {
    return joined(this.#stderr);
  }

  /** Takes what came with the answer to a call. */
  readonly add = ({ begins, stdout, stderr }: TakenOutput): void => {
    if (begins) {
      this.#stdout.length = 0;
      this.#stderr.length = 0;
    }
    if (stdout.byteLength > 0) this.#stdout.push(stdout);
    if (stderr.byteLength > 0) this.#stderr.push(stderr);
  };
}

/** A copy of all of it; the pieces become one, so that asking again costs no more. */
function joined(pieces: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(Buffer.concat(pieces));
  pieces.splice(0, pieces.length, all);
  return all.slice();
}
