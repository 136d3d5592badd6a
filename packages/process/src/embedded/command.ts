/** A command as it is handed to the runner; every text is free of NUL characters. Can be sent to another thread. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment, as key and value; keys differ. */
  readonly env: readonly (readonly [key: string, value: string])[];
  readonly stdin: Uint8Array;
  readonly timeoutMs: number;
  /** Most bytes of stdout, and of stderr, that are kept. */
  readonly maxOutputBytes: number;
  /** Where a program named without a slash is looked up: the host's `PATH`. */
  readonly searchPath: string | undefined;
}

/** How a command ended. */
export type CommandOutcome = EndedCommand | CommandNotStarted | TooMuchOutput;

/** It ended by itself, by a signal (128 + its number) or because its time was over (110). */
export interface EndedCommand {
  readonly kind: 'ended';
  readonly exitCode: number;
  readonly timedOut: boolean;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

/** There is no such program, the system refuses to execute it, or the host has no process or descriptor left for it. */
export interface CommandNotStarted {
  readonly kind: 'not-started';
  readonly reason: string;
  /** True when the same command may start later. */
  readonly retry: boolean;
}

/** It wrote more than is kept, and was ended. */
export interface TooMuchOutput {
  readonly kind: 'too-much-output';
  readonly stream: 'stdout' | 'stderr';
}
