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
}

/** Servers that have the same model. */
export interface ServerCaller {
  /**
   * Does something on the server with the least calls in flight: as the table of failures says, again elsewhere, within the deadline.
   *
   * @throws {BackendFailure} with the errno for the guest, when no attempt has succeeded.
   */
  call<Result>(
    call: ServerCall,
    use: (transport: Transport, options: CallOptions) => Promise<Result>,
  ): Promise<Result>;
  /**
   * Waits until one of the servers has the model ready, or the time is over.
   *
   * @throws {BackendFailure} when none has it in time.
   */
  waitForModel(call: ServerCall): Promise<void>;
  /** Ends connections that nobody else uses. */
  close(): void;
}
