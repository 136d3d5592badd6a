/** Bytes that a guest may have written which nobody has taken yet; then it waits. */
export const outputWindow = 256 * 1024;

/** Maximum number of bytes that are given to a guest's thread or process at once. */
export const largestInput = 1 << 20;

/** The numbers of the streams of a call or a runtime, where they are served by the caller. */
export interface StreamNumbers {
  readonly stdin?: number | undefined;
  readonly stdout?: number | undefined;
  readonly stderr?: number | undefined;
}

/** Asks for the next bytes of a stream, 1 MiB at most, and waits so long for them. */
export interface InputQuestion {
  readonly kind: 'input';
  readonly stream: number;
  readonly waitMs: number;
}

/** What {@link InputQuestion} is answered with; the bytes are beside it. */
export type InputAnswer = 'bytes' | 'none' | 'end';

/** Asks how many bytes of a stream's output were not taken yet, as soon as they are so many at most. */
export interface OutputQuestion {
  readonly kind: 'output';
  readonly stream: number;
  readonly most: number;
  /** Whether to wait for that. */
  readonly wait: boolean;
}

/** Output of a guest; it is not answered. */
export interface ToldOutput {
  readonly kind: 'output';
  readonly stream: number;
  readonly bytes: Uint8Array;
}
