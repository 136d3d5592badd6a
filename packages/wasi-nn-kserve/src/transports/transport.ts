import type {
  InferRequest,
  InferResponse,
  ModelMetadata,
  ModelName,
  RepositoryModel,
  ServerMetadata,
} from '../protocol/messages.js';

/** What every call has. Whoever aborts the signal gives the reason: an answer that comes later is dropped, and the server is told where the protocol can. */
export interface CallOptions {
  /** Ends the call: a deadline, or a caller who wants no answer any more. */
  readonly signal: AbortSignal;
  /** Milliseconds until the deadline, which the server is told where the protocol can. */
  readonly timeoutMs: number;
  /** Headers of the request, among them credentials; never logged. Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A region of memory that a server is to open. */
export interface SharedRegion {
  readonly name: string;
  /** Its name under `/dev/shm`, with a leading slash. */
  readonly key: string;
  readonly byteLength: number;
}

/**
 * One server, by one protocol. It makes its connection with the first call and again after it was lost. Calls fail with {@link RemoteFailure}; an aborted one
 * with the signal's reason. Nothing is tried twice here.
 */
export interface Transport {
  /** The address, for messages: without user, password and query. */
  readonly address: string;
  isLive(options: CallOptions): Promise<boolean>;
  isReady(options: CallOptions): Promise<boolean>;
  isModelReady(model: ModelName, options: CallOptions): Promise<boolean>;
  serverMetadata(options: CallOptions): Promise<ServerMetadata>;
  modelMetadata(model: ModelName, options: CallOptions): Promise<ModelMetadata>;
  /** The extension `model_repository`; servers without it refuse. */
  repositoryIndex(options: CallOptions): Promise<readonly RepositoryModel[]>;
  infer(request: InferRequest, options: CallOptions): Promise<InferResponse>;
  /** The extension `system_shared_memory`; servers without it refuse. */
  registerRegion(region: SharedRegion, options: CallOptions): Promise<void>;
  unregisterRegion(name: string, options: CallOptions): Promise<void>;
  /** Ends its connections; running calls fail as if they had been lost. */
  close(): void;
}
