import type { ModelName } from '../protocol/messages.js';
import type { CallOptions, Transport } from '../transports/transport.js';

/** What a call of some server is, whichever serves it. */
export interface ServerCall {
  /** Milliseconds for all attempts together. */
  readonly timeoutMs: number;
  /** Headers of each attempt. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it may be done twice. */
  readonly isRepeatable: boolean;
  /** Ends it earlier. Default: nothing does. */
  readonly signal?: AbortSignal | undefined;
  /** The model, for events and messages. */
  readonly model: ModelName;
  /** Whether a guest is loading the model: that the servers do not have it is then `not_found`, and not `runtime_error`. Default: `false`. */
  readonly isLoading?: boolean | undefined;
}

/** Servers that have the same model. */
export interface ServerCaller {
  /**
   * Does something on the server with the least calls in flight: as the table of failures says, again elsewhere, within the deadline.
   *
   * @throws {BackendFailure} with the errno for the guest, when no attempt has succeeded; the reason of `signal`, when that has ended it; and as it is what
   * else `use` throws than a `RemoteFailure`.
   */
  call<Result>(
    call: ServerCall,
    use: (transport: Transport, options: CallOptions) => Promise<Result>,
  ): Promise<Result>;
  /**
   * Waits until one of the servers has the model ready, or the time is over; with a time of 0 each is asked once.
   *
   * @throws {BackendFailure} when none has it in time, with what each of them said; the reason of `signal`, when that has ended it.
   */
  waitForModel(call: ServerCall): Promise<void>;
  /** Ends its calls, and connections that nobody else uses. */
  close(): void;
}
