import { GuestAbortError, GuestTimeoutError } from '../../errors/guest-errors.js';
import type { LoadedGuest } from '../../runtime/load-guest.js';
import type { Member } from '../caller/member.js';
import type { RemoteRuntime } from '../caller/remote-runtime.js';
import type { Remote, RemoteMaker } from '../prepare-remote.js';
import type { PoolMemberEnd } from './pool-event.js';

/** When a member has served enough. */
export interface MemberBounds {
  readonly maxCalls: number;
  readonly maxBytes: number;
}

/** What a pool is told of a member. */
export interface PoolMemberEvents {
  /** Told once, when a member that was ready has ended. */
  onEnd(member: PoolMember, reason: PoolMemberEnd, error: Error | undefined): void;
}

/** One member of a pool, from its start to its end; it is not used for another one. */
export class PoolMember {
  readonly number: number;
  readonly runtime: RemoteRuntime;
  readonly #source: Remote['source'];
  readonly #events: PoolMemberEvents;
  #member: Member | undefined;
  #reason: PoolMemberEnd | undefined;
  #isReady = false;
  #tellOver: () => void = () => {};
  readonly #whenOver = new Promise<void>((resolve) => {
    this.#tellOver = resolve;
  });
  /** Calls and leases that it has served. */
  calls = 0;

  constructor(number: number, make: RemoteMaker['make'], events: PoolMemberEvents) {
    this.number = number;
    this.#events = events;
    const { runtime, source } = make({
      onEnd: (_member, error) => this.#ended(error),
      hasOneMember: true,
    });
    this.runtime = runtime;
    this.#source = source;
  }

  /** Whether it can serve one call only, since the next would find what that left in memories, tables or globals of the host. */
  get servesOnce(): boolean {
    return this.#source.hostObjectsKeepState;
  }

  /** Number of its thread, or of its process. */
  get id(): number | undefined {
    return this.#member?.transport.id;
  }

  /** Settles when it has ended, or is to end. */
  get whenOver(): Promise<void> {
    return this.#whenOver;
  }

  get isOver(): boolean {
    return this.#reason !== undefined;
  }

  /** Opens it, and has it compile the guest and prepare. @throws what it cannot be made for. */
  async start(guest: LoadedGuest | undefined, prepare: () => Promise<void> | undefined): Promise<void> {
    this.#member = await this.#source.open();
    if (guest !== undefined) await this.runtime.keepGuest(guest);
    await prepare();
    if (this.#member.error !== undefined) throw this.#member.error;
    this.#isReady = true;
  }

  /** How many bytes it holds; 0 when it has ended meanwhile. */
  bytes(): Promise<number> {
    return this.runtime.memberBytes().catch(() => 0);
  }

  /** Ends it; settles when it is gone. */
  async end(reason: PoolMemberEnd): Promise<void> {
    const hasEnded = this.#isReady && this.isOver;
    this.runtime.endCode();
    this.#over(reason, undefined);
    // What a lease still asks of one that has ended is told what ended it.
    if (!hasEnded) await this.runtime[Symbol.asyncDispose]();
    await this.#member?.whenEnded;
  }

  /** Ends it whatever it does, with an error for that. */
  kill(reason: PoolMemberEnd, error: Error): void {
    this.#over(reason, error);
    if (this.#member === undefined) void this.runtime[Symbol.asyncDispose]();
    else this.#member.end(error);
  }

  #ended(error: Error): void {
    const isStopped = error instanceof GuestTimeoutError || error instanceof GuestAbortError;
    this.#over(isStopped ? 'stopped' : 'crash', error);
  }

  #over(reason: PoolMemberEnd, error: Error | undefined): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#tellOver();
    if (this.#isReady) this.#events.onEnd(this, reason, error);
  }
}
