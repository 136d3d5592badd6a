import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** Something cannot go to another thread or process: a plug-in or host module that cannot be recreated there, a reference, or a live view. */
export class CannotCrossError extends WasmEdgePluginsError {
  override readonly code = 'ERR_CANNOT_CROSS';

  static override isInstance(value: unknown): value is CannotCrossError {
    return hasErrorCode(value, 'ERR_CANNOT_CROSS');
  }
}

/** What a thread or process was doing when it ended. */
export interface RunningCall {
  /** The guest's name in messages: its file name, or `(bytes)`; `undefined` when none was called. */
  readonly guest?: string | undefined;
  /** The exported function that was called; `undefined` when none was. */
  readonly export?: string | undefined;
  /** The function that `perform` called; `undefined` when none was. */
  readonly task?: string | undefined;
  /**
   * The host function that guests called last, with its module: `wasi_snapshot_preview1.fd_write`. `undefined` when there was none, or it is not known: only a
   * process on Linux reports it. Functions of native plug-ins are not seen.
   */
  readonly hostCall?: string | undefined;
  /** Whether that host function had returned; `undefined` when it is not known. */
  readonly hostCallHasReturned?: boolean | undefined;
}

/** How the thread or process of a guest ended. */
export interface CrashDetails extends ErrorOptions {
  /** The signal that ended the process, for example `SIGSEGV`; `undefined` when none did. */
  readonly signal?: string | undefined;
  /** Its exit code, when it ended by itself; `undefined` when a signal ended it. */
  readonly exitCode?: number | undefined;
  /** What it was doing; `undefined` when that is not known. */
  readonly running?: RunningCall | undefined;
}

/** The thread or process in which the guest ran has ended. The host and its other runtimes continue; the next call gets a fresh one. */
export class GuestCrashError extends WasmEdgePluginsError {
  override readonly code = 'ERR_GUEST_CRASH';
  /** The signal that ended the process, for example `SIGSEGV`; `undefined` when none did. */
  readonly signal: string | undefined;
  /** Its exit code, when it ended by itself; `undefined` when a signal ended it. */
  readonly exitCode: number | undefined;
  /** What it was doing: which call of which guest, and the last host call; `undefined` when that is not known. */
  readonly running: RunningCall | undefined;

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param details how it ended.
   */
  constructor(message: string, details: CrashDetails = {}) {
    super(message, details);
    this.signal = details.signal;
    this.exitCode = details.exitCode;
    this.running = details.running;
  }

  static override isInstance(value: unknown): value is GuestCrashError {
    return hasErrorCode(value, 'ERR_GUEST_CRASH');
  }
}

/** The instance was lost with the thread or process that it lived in; `cause` says what ended it. */
export class InstanceLostError extends WasmEdgePluginsError {
  override readonly code = 'ERR_INSTANCE_LOST';

  static override isInstance(value: unknown): value is InstanceLostError {
    return hasErrorCode(value, 'ERR_INSTANCE_LOST');
  }
}

/** The chosen placement cannot do what was asked for, or is not available here. */
export class UnsupportedByPlacementError extends WasmEdgePluginsError {
  override readonly code = 'ERR_UNSUPPORTED_BY_PLACEMENT';

  static override isInstance(value: unknown): value is UnsupportedByPlacementError {
    return hasErrorCode(value, 'ERR_UNSUPPORTED_BY_PLACEMENT');
  }
}

/** The name of a standard stream of a guest. */
export type GuestStreamName = 'stdin' | 'stdout' | 'stderr';

/** A stream that was passed to a call failed, or was closed before the guest was done with it; `cause` is the stream's error. */
export class GuestStreamError extends WasmEdgePluginsError {
  override readonly code = 'ERR_GUEST_STREAM';
  /** Which stream of the guest it was. */
  readonly stream: GuestStreamName;

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param details which stream it was, and its error.
   */
  constructor(message: string, details: ErrorOptions & { readonly stream: GuestStreamName }) {
    super(message, details);
    this.stream = details.stream;
  }

  static override isInstance(value: unknown): value is GuestStreamError {
    return hasErrorCode(value, 'ERR_GUEST_STREAM');
  }
}
