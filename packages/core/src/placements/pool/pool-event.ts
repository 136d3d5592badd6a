/** Name of the `node:diagnostics_channel` channel on which pools publish every {@link PoolEvent}. */
export const poolChannelName = 'wasmedge-plugins:pool';

/** What a member is used for. */
export type PoolUse = 'run' | 'call' | 'perform' | 'lease';

/** Why a member is gone. */
export type PoolMemberEnd =
  /** Its thread or process ended by itself, or something else ended it. */
  | 'crash'
  /** A call took longer than its time limit, or was aborted. */
  | 'stopped'
  /** A lease was not given back in time. */
  | 'lease'
  /** It had served `maxCallsPerMember` calls, or the one that it can serve where host modules have objects that change. */
  | 'calls'
  /** It held more than `maxMemberBytes`. */
  | 'bytes'
  /** The pool was drained or disposed. */
  | 'disposed';

/** What all pool events have. */
interface EventOf<Kind extends string> {
  /** What happened. */
  readonly kind: Kind;
  /** The pool's `name`. */
  readonly pool: string;
}

/** What all events about a use of a member have. */
interface UseEventOf<Kind extends string> extends EventOf<Kind> {
  /** What the member is used for. */
  readonly use: PoolUse;
}

/** A call waits for a member. */
export interface PoolQueuedEvent extends UseEventOf<'queued'> {
  /** Number of calls that are waiting now, including this one. */
  readonly waiting: number;
}

/** A call was refused, or given up, before it had a member. */
export interface PoolRefusedEvent extends UseEventOf<'refused'> {
  /** Milliseconds that it waited. */
  readonly waitMs: number;
  /** What it was rejected with. */
  readonly error: Error;
}

/** A call has a member. */
export interface PoolStartedEvent extends UseEventOf<'started'> {
  /** Milliseconds that it waited. */
  readonly waitMs: number;
  /** Number of the member in the pool, from 1; no number is used twice. */
  readonly member: number;
}

/** A call has ended, or a lease was given back. */
export interface PoolEndedEvent extends UseEventOf<'ended'> {
  /** Milliseconds that it waited. */
  readonly waitMs: number;
  /** Milliseconds that it had the member. */
  readonly runMs: number;
  /** Number of the member in the pool. */
  readonly member: number;
  /** The error it was rejected with. Default: none. */
  readonly error?: unknown;
}

/** A member is ready to serve. */
export interface PoolMemberStartedEvent extends EventOf<'member-started'> {
  /** Number of the member in the pool. */
  readonly member: number;
  /** Its thread ID or process ID. */
  readonly id: number | undefined;
  /** Milliseconds from its start until it was ready. */
  readonly startMs: number;
}

/** A member could not be made. */
export interface PoolMemberFailedEvent extends EventOf<'member-failed'> {
  /** Why. */
  readonly error: unknown;
}

/** A member has ended; another takes its place unless the pool has ended. */
export interface PoolMemberEndedEvent extends EventOf<'member-ended'> {
  /** Number of the member in the pool. */
  readonly member: number;
  /** Its thread ID or process ID. */
  readonly id: number | undefined;
  /** Why. */
  readonly reason: PoolMemberEnd;
  /** Number of calls and leases that it had served. */
  readonly calls: number;
  /** The error that ended it. Default: none; the pool ended it. */
  readonly error?: Error | undefined;
}

/** Something that happened in a pool. */
export type PoolEvent =
  | PoolQueuedEvent
  | PoolRefusedEvent
  | PoolStartedEvent
  | PoolEndedEvent
  | PoolMemberStartedEvent
  | PoolMemberFailedEvent
  | PoolMemberEndedEvent;

/** Events of some kinds, before the pool has added its name. */
export type PoolEventOf<Kind extends PoolEvent['kind']> = {
  readonly [Each in Kind]: Omit<Extract<PoolEvent, { readonly kind: Each }>, 'pool'>;
}[Kind];
