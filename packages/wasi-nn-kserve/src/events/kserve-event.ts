import type { FailureKind } from '../transports/remote-failure.js';

/** Name of the `node:diagnostics_channel` channel on which every {@link KServeEvent} is published, in the thread that speaks with the servers. */
export const kserveChannelName = 'wasmedge-plugins:kserve';

/** How an attempt failed. */
export type KServeFailure =
  | FailureKind
  /** The deadline of the call was over. */
  | 'deadline'
  /** Whoever made the call has ended it. */
  | 'aborted'
  /** The answer was not what was asked for. */
  | 'refused';

/** What all events have. None has credentials, other headers, or data of tensors. */
interface EventOf<Kind extends string> {
  /** What happened. */
  readonly kind: Kind;
  /** The server's address, without user, password and query. */
  readonly address: string;
}

/** What events about an attempt have. */
interface CallEventOf<Kind extends string> extends EventOf<Kind> {
  /** The model's name on the server. */
  readonly model: string;
  /** Its version there. Default: the server chooses. */
  readonly version: string | undefined;
  /** Number of the attempt in its call, from 1. */
  readonly attempt: number;
}

/** Something is asked of a server. */
export interface KServeCallStartedEvent extends CallEventOf<'call-started'> {}

/** A server has answered, or the attempt has ended without. */
export interface KServeCallEndedEvent extends CallEventOf<'call-ended'> {
  /** Milliseconds that it took. */
  readonly durationMs: number;
  /** How it failed. Default: it did not. */
  readonly failure: KServeFailure | undefined;
  /** Bytes of the tensors that were sent, without those in shared memory. */
  readonly sentBytes: number;
  /** Bytes of the tensors that were received, likewise. */
  readonly receivedBytes: number;
}

/** A server gets no calls for a while, unless all others are ejected too. */
export interface KServeServerEjectedEvent extends EventOf<'server-ejected'> {
  /** Milliseconds until it is asked whether it is back. */
  readonly forMs: number;
}

/** An ejected server gets calls again. */
export interface KServeServerReadmittedEvent extends EventOf<'server-readmitted'> {}

/** A server has a model ready that was waited for. */
export interface KServeModelReadyEvent extends EventOf<'model-ready'> {
  /** The model's name on the server. */
  readonly model: string;
  /** Its version there. Default: the server chooses. */
  readonly version: string | undefined;
  /** Milliseconds that were waited. */
  readonly waitMs: number;
}

/** Something that happened between this thread and a server. */
export type KServeEvent =
  | KServeCallStartedEvent
  | KServeCallEndedEvent
  | KServeServerEjectedEvent
  | KServeServerReadmittedEvent
  | KServeModelReadyEvent;
