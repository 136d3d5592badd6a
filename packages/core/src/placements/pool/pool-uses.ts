import { channel } from 'node:diagnostics_channel';
import { performance } from 'node:perf_hooks';
import { onAbort } from '../../control/on-abort.js';
import { GuestCrashError } from '../../errors/placement-errors.js';
import { DisposedError } from '../../errors/runtime-errors.js';
import type { LoadedGuest } from '../../runtime/load-guest.js';
import { abortError } from '../caller/call-bounds.js';
import type { RemoteMaker } from '../prepare-remote.js';
import { type PoolEvent, type PoolEventOf, type PoolUse, poolChannelName } from './pool-event.js';
import type { MemberBounds, PoolMember } from './pool-member.js';
import { PoolMembers } from './pool-members.js';
import type { PoolCallOptions } from './pool-options.js';
import { fullError, PoolQueue, type WaitingUse } from './pool-queue.js';

const events = channel(poolChannelName);

/** Something that waits for a member, or for room in the queue. */
interface Use extends WaitingUse {
  /** Begins with a member, and gives it back. */
  begin(member: PoolMember, waitMs: number): unknown;
}

/** What a member is wanted for. */
interface Wanted<Result> {
  readonly use: PoolUse;
  readonly signal: AbortSignal | undefined;
  work(member: PoolMember): Promise<Result>;
  /** Whether it is done again when the member ended by itself. */
  readonly mayRepeat: boolean;
}

/** What uses of members are made with. */
export interface PoolUsesParts extends MemberBounds {
  readonly name: string;
  readonly size: number;
  readonly queue: number;
  readonly maxWaitMs: number;
  readonly runtimes: RemoteMaker;
  readonly guest: Promise<LoadedGuest | undefined>;
  /** What a member does before it serves; `undefined` when that is nothing. */
  prepare(member: PoolMember): Promise<void> | undefined;
  /** Told when there is no member, and none could be made. */
  onNone(error: unknown): void;
}

/** Gives members to those who want to use one, in their order. */
export class PoolUses {
  readonly members: PoolMembers;
  readonly #parts: PoolUsesParts;
  readonly #queue: PoolQueue<Use>;
  /** Those whose member has ended, and who are served first. */
  readonly #again: PoolQueue<Use>;
  /** Those who wait for room in the queue. */
  readonly #outside: PoolQueue<WaitingUse & { enter(): void }>;
  readonly #whenEmpty: (() => void)[] = [];
  /** How many were told that there is room, and have not come yet. */
  #admitted = 0;
  #ended: Promise<void> | undefined;
  #closed: Error | undefined;

  constructor(parts: PoolUsesParts) {
    this.#parts = parts;
    this.#queue = new PoolQueue(parts.queue, () => this.#moved());
    this.#again = new PoolQueue(Number.POSITIVE_INFINITY, () => this.#moved());
    this.#outside = new PoolQueue(Number.POSITIVE_INFINITY, () => {});
    this.members = new PoolMembers({
      ...parts,
      tell: (event) => this.tell(event),
      onChange: () => this.#moved(),
      onNone: (error) => {
        this.#refuseWaiting(error as Error);
        parts.onNone(error);
      },
    });
  }

  get waiting(): number {
    return this.#queue.length + this.#again.length;
  }

  /** Uses a member, and gives it back when that has settled. */
  use<Result>(
    use: PoolUse,
    { signal, maxWaitMs = this.#parts.maxWaitMs, idempotent = false }: PoolCallOptions,
    work: (member: PoolMember) => Promise<Result>,
  ): Promise<Result> {
    const wanted: Wanted<Result> = { use, signal, work, mayRepeat: idempotent };
    const error = this.#refusal(signal);
    if (error !== undefined) return this.#refuse(use, error);
    if (this.#admitted > 0) this.#admitted--;
    const member = this.waiting === 0 ? this.members.take() : undefined;
    if (member !== undefined) return this.#serve(wanted, member, 0);
    if (this.#queue.isFull) return this.#refuse(use, fullError(this.#queue.length, this.#parts.size));
    const served = this.#wait(this.#queue, wanted, maxWaitMs);
    this.tell({ kind: 'queued', use, waiting: this.waiting });
    return served;
  }

  /** What uses are refused with; `undefined` while they are not. */
  get closed(): Error | undefined {
    return this.#closed;
  }

  /** Settles when there is room for one that waits. */
  room(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const error = this.#refusal(signal);
      if (error !== undefined) return reject(error);
      this.#outside.add({ signal, maxWaitMs: Infinity, enter: resolve, refuse: reject });
      this.#letIn();
    });
  }

  /** Refuses new uses, and settles when all others have ended. */
  async drain(signal: AbortSignal | undefined): Promise<void> {
    this.#close('The pool was drained');
    if (this.waiting + this.members.busy > 0 && !signal?.aborted) {
      await new Promise<void>((resolve) => {
        this.#whenEmpty.push(resolve);
        if (signal !== undefined) onAbort(signal, resolve);
      });
    }
    await this.dispose();
  }

  dispose(): Promise<void> {
    const error = this.#close('The pool was disposed');
    this.#refuseWaiting(error);
    this.#ended ??= this.members.dispose(error);
    return this.#ended;
  }

  tell(event: PoolEventOf<PoolEvent['kind']>): void {
    if (events.hasSubscribers) events.publish({ pool: this.#parts.name, ...event } satisfies PoolEvent);
  }

  get #roomLeft(): number {
    return this.#parts.queue - this.#queue.length + this.members.idle - this.#admitted;
  }

  #refusal(signal: AbortSignal | undefined): Error | undefined {
    return this.#closed ?? (signal?.aborted ? abortError(signal) : undefined);
  }

  #refuseWaiting(error: Error): void {
    this.#again.refuseAll(error);
    this.#queue.refuseAll(error);
  }

  #close(what: string): Error {
    this.#closed ??= new DisposedError(`${what}; create another one.`);
    this.#outside.refuseAll(this.#closed);
    return this.#closed;
  }

  /** Uses a member, tells of it, and gives it back. */
  async #serve<Result>(wanted: Wanted<Result>, member: PoolMember, waitMs: number): Promise<Result> {
    const { use, work, mayRepeat } = wanted;
    const { number } = member;
    const began = performance.now();
    member.calls++;
    this.tell({ kind: 'started', use, waitMs, member: number });
    let failed: { readonly error: unknown } | undefined;
    try {
      return await work(member);
    } catch (error) {
      failed = { error };
      const isLost = member.isOver && GuestCrashError.isInstance(error);
      if (!isLost || !mayRepeat || this.#ended !== undefined) throw error;
      // It waits before its member is given back: a pool that is drained ends when nothing does.
      return this.#wait(this.#again, { ...wanted, mayRepeat: false }, Infinity);
    } finally {
      const runMs = performance.now() - began;
      this.tell({ kind: 'ended', use, waitMs, runMs, member: number, ...failed });
      this.members.giveBack(member);
    }
  }

  #wait<Result>(queue: PoolQueue<Use>, wanted: Wanted<Result>, maxWaitMs: number): Promise<Result> {
    const { use, signal } = wanted;
    return new Promise((resolve, reject) => {
      queue.add({
        signal,
        maxWaitMs,
        begin: (member, waitMs) => resolve(this.#serve(wanted, member, waitMs)),
        refuse: (error, waitMs) => {
          this.tell({ kind: 'refused', use, waitMs, error });
          reject(error);
        },
      });
    });
  }

  #refuse(use: PoolUse, error: Error): Promise<never> {
    this.tell({ kind: 'refused', use, waitMs: 0, error });
    return Promise.reject(error);
  }

  /** Goes on where a member is free, or a place in the queue. */
  #moved(): void {
    while (this.waiting > 0) {
      const member = this.members.take();
      if (member === undefined) break;
      const next = this.#again.take() ?? this.#queue.take();
      next?.use.begin(member, next.waitMs);
    }
    this.#letIn();
    if (this.waiting + this.members.busy === 0) for (const resolve of this.#whenEmpty.splice(0)) resolve();
  }

  /** Lets those in who wait for room, one for each place. */
  #letIn(): void {
    while (this.#roomLeft > 0 && this.#outside.length > 0) {
      // Places are kept for those who come at once.
      if (this.#admitted++ === 0) setImmediate(() => this.#forget());
      this.#outside.take()?.use.enter();
    }
  }

  #forget(): void {
    this.#admitted = 0;
    this.#letIn();
  }
}
