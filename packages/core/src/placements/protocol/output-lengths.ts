import type { TakenOutput } from '../../wasi/captured-output.js';

const nothing = new Uint8Array(0);

/** Says what the bytes of an answer or an error are: captured output, first so many bytes of stdout, then stderr. */
export interface OutputLengths {
  /** Whether it belongs to another program than what was told before. */
  readonly begins: boolean;
  readonly stdout: number;
}

/** Captured output as it goes beside an answer or an error. */
export function joinOutput({ begins, stdout, stderr }: TakenOutput): {
  readonly output: OutputLengths;
  readonly bytes: Uint8Array;
} {
  const output = { begins, stdout: stdout.byteLength };
  if (stderr.byteLength === 0) return { output, bytes: stdout };
  if (stdout.byteLength === 0) return { output, bytes: stderr };
  const bytes = new Uint8Array(stdout.byteLength + stderr.byteLength);
  bytes.set(stdout);
  bytes.set(stderr, stdout.byteLength);
  return { output, bytes };
}

/** What is told of a program whose output was lost with its thread or process. */
export const lostOutput: TakenOutput = { begins: true, stdout: nothing, stderr: nothing };

/** Undoes {@link joinOutput}. */
export function splitOutput({ begins, stdout }: OutputLengths, bytes: Uint8Array = nothing): TakenOutput {
  return { begins, stdout: bytes.subarray(0, stdout), stderr: bytes.subarray(stdout) };
}
