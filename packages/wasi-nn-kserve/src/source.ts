import type { DataType } from './protocol/data-type.js';
import type { ParameterValue } from './protocol/messages.js';
import type { TlsOptions } from './transports/transport-options.js';

/** A model on inference servers, under the name that guests use for it. */
export interface KServeModel {
  /**
   * The servers that have it: `grpc://host:8001`, `grpcs://…`, `http://host:8000` or `https://…`. A list in the list is one server with several addresses, of
   * which the first that the server speaks is used.
   */
  readonly servers: readonly (string | readonly string[])[];
  /** Its name on the servers. */
  readonly model: string;
  /** Its version on the servers. Default: the servers choose. */
  readonly version?: string | undefined;
  /** Its inputs, in the order of the indices that guests use. Default: what the server says. What is stated here is checked against that. */
  readonly inputs?: readonly StatedTensor[] | undefined;
  /** Its outputs, likewise; of those that are not named here, no guest gets anything. Default: what the server says. */
  readonly outputs?: readonly StatedTensor[] | undefined;
  /** Parameters of every request. Default: none. */
  readonly parameters?: Readonly<Record<string, ParameterValue>> | undefined;
  /** Names of parameters that guests may set with `load_by_name_with_config`. Default: none. */
  readonly guestParameters?: readonly string[] | undefined;
  /** TLS of `grpcs://` and `https://`. Default: the machine's certificate authorities. */
  readonly tls?: TlsOptions | undefined;
  /**
   * Headers of each request, such as `authorization`; called anew for each, so that a token can be renewed. Where a guest waits in this thread it must not
   * return a promise; elsewhere one is waited for no longer than `timeoutMs`. Never logged, and never seen by a guest. Default: none.
   */
  readonly credentials?: (() => Credentials | Promise<Credentials>) | undefined;
  /** Milliseconds for one inference with all that is tried again, 1 to 3,600,000. Default: 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds that loading waits for a server to be reachable and the model to be ready, 0 to 3,600,000. Default: 5,000. */
  readonly readyTimeoutMs?: number | undefined;
  /** Milliseconds that making one connection may take, 1 to 600,000. Default: 5,000. */
  readonly connectTimeoutMs?: number | undefined;
  /**
   * Whether an inference that may have been done already may be sent again, when its connection was lost. Default: `true`, unless a parameter begins with `sequence_`.
   */
  readonly idempotent?: boolean | undefined;
  /** Number of times that a call that failed in a way that allows it is tried again, 0 to 10. Default: 2. */
  readonly retries?: number | undefined;
  /** Maximum number of calls that are sent to one server at a time, 1 to 10,000. Default: 64. */
  readonly maxInFlight?: number | undefined;
  /** Maximum number of calls that wait for one of these, 0 to 100,000; one more is `busy`. Default: 256. */
  readonly maxQueued?: number | undefined;
  /** Most bytes of a request and of an answer, 1,024 to 2,147,483,647. Default: 268,435,456 (256 MiB). */
  readonly maxMessageBytes?: number | undefined;
  /** Whether tensors go through memory that is shared with a server on this machine. Default: `false`. */
  readonly sharedMemory?: boolean | undefined;
}

/** Headers by name. */
export type Credentials = Readonly<Record<string, string>>;

/** What is known of an input or output; what is absent is not checked. */
export interface StatedTensor {
  /** Its name on the servers. */
  readonly name: string;
  /** Its element type, by the name in the protocol. Default: what the server says. */
  readonly dataType?: DataType | undefined;
  /** The length of each dimension; -1 for any. Default: what the server says. */
  readonly shape?: readonly number[] | undefined;
}
