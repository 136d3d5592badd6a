import { performance } from 'node:perf_hooks';
import type { LoadedGuest } from '../../runtime/load-guest.js';
import type { RuntimeReport } from '../../runtime/runtime-report.js';
import type { RemoteMaker } from '../prepare-remote.js';
import type { PoolEventOf, PoolMemberEnd } from './pool-event.js';
import { type MemberBounds, PoolMember, type PoolMemberEvents } from './pool-member.js';

/** Milliseconds before a member is made again when one could not be made, or ended before it served; doubled each time up to the last. */
const firstDelayMs = 100;
const lastDelayMs = 10_000;

/** What the members of a pool are made of, and who is told of them. */
export interface PoolMembersParts extends MemberBounds {
  readonly size: number;
  readonly runtimes: RemoteMaker;
  readonly guest: Promise<LoadedGuest | undefined>;
  /** What a member does before it serves; `undefined` when that is nothing. */
  prepare(member: PoolMember): Promise<void> | undefined;
  tell(event: PoolEventOf<'member-started' | 'member-failed' | 'member-ended'>): void;
  /** Told when a member is not busy any more, or has been made. */
  onChange(): void;
  /** Told when none could be made, and none is there. */
  onNone(error: unknown): void;
}

/** Keeps as many members alive as a pool has. */
export class PoolMembers implements PoolMemberEvents {
  readonly #parts: PoolMembersParts;
  readonly #idle: PoolMember[] = [];
  readonly #busy = new Set<PoolMember>();
  readonly #starting = new Map<Promise<void>, PoolMember>();
  readonly #ending = new Set<Promise<void>>();
  /** Until when no member is made. */
  #delay: NodeJS.Timeout | undefined;
  /** How many in a row could not be made, or ended without having served. */
  #fruitless = 0;
  #lastNumber = 0;
  #isOver = false;
  #error: unknown;
  /** The one that was made first, and then the one that has served last. */
  #latest: PoolMember | undefined;
  readonly #kept: Disposable;

  constructor(parts: PoolMembersParts) {
    this.#parts = parts;
    this.#kept = parts.runtimes.keep();
    this.#fill();
  }

  /** What the runtime of the one that has served last has chosen. */
  get report(): RuntimeReport | undefined {
    return this.#latest?.runtime.report();
  }

  get idle(): number {
    return this.#idle.length;
  }

  get busy(): number {
    return this.#busy.size;
  }

  get starting(): number {
    return this.#starting.size;
  }

  /** Settles when all have been made. @throws what one of them cannot be made for. */
  async ready(): Promise<void> {
    this.#fillNow();
    while (this.#starting.size > 0) await Promise.all(this.#starting.keys());
    if (this.#missing > 0 && !this.#isOver) throw this.#error;
  }

  /** A member that has nothing to do, which then has. The one that was used last is the warmest. */
  take(): PoolMember | undefined {
    const member = this.#idle.pop();
    if (member !== undefined) this.#busy.add(member);
    else if (this.#busy.size + this.#starting.size === 0) this.#fillNow();
    return member;
  }

  /** Has those prepare that have nothing to do; the others do it before they serve again. */
  prepareIdle(): void {
    for (const member of [...this.#idle]) {
      this.#idle.splice(this.#idle.indexOf(member), 1);
      this.#rest(member);
    }
  }

  /** Takes a member back whose work is done. */
  giveBack(member: PoolMember): void {
    const { maxCalls, maxBytes } = this.#parts;
    this.#latest = member;
    if (member.calls > 0) this.#fruitless = 0;
    const most = member.servesOnce ? 1 : maxCalls;
    const worn = this.#isOver ? 'disposed' : member.calls >= most ? 'calls' : undefined;
    if (worn !== undefined || maxBytes === Infinity || member.isOver) {
      this.#settle(member, worn);
      return;
    }
    void member.bytes().then((bytes) => this.#settle(member, bytes > maxBytes ? 'bytes' : undefined));
  }

  /** Ends all, those that work with an error. */
  async dispose(error: Error): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#delay);
    this.#kept[Symbol.dispose]();
    for (const member of this.#starting.values()) member.kill('disposed', error);
    for (const member of this.#busy) {
      member.kill('disposed', error);
      void this.#end(member, 'disposed');
    }
    for (const member of this.#idle.splice(0)) void this.#end(member, 'disposed');
    while (this.#starting.size + this.#ending.size > 0) {
      await Promise.all([...this.#starting.keys(), ...this.#ending]);
    }
  }

  onEnd(member: PoolMember, reason: PoolMemberEnd, error: Error | undefined): void {
    const { number, id, calls } = member;
    if (calls === 0 && reason === 'crash') this.#fruitless++;
    this.#parts.tell({ kind: 'member-ended', member: number, id, reason, calls, error });
    const index = this.#idle.indexOf(member);
    if (index === -1) return;
    this.#idle.splice(index, 1);
    void this.#end(member, reason);
    this.#fill();
  }

  get #missing(): number {
    return this.#parts.size - this.#idle.length - this.#busy.size - this.#starting.size;
  }

  #fill(): void {
    if (this.#isOver || this.#missing <= 0 || this.#delay !== undefined) return;
    if (this.#fruitless === 0) {
      this.#fillNow();
      return;
    }
    const delay = Math.min(firstDelayMs * 2 ** (this.#fruitless - 1), lastDelayMs);
    this.#delay = setTimeout(() => this.#fillNow(), delay).unref();
  }

  /** Also where a failure has put it off: somebody waits. */
  #fillNow(): void {
    clearTimeout(this.#delay);
    this.#delay = undefined;
    if (this.#isOver) return;
    for (let count = this.#missing; count > 0; count--) this.#start();
  }

  #start(): void {
    const member = new PoolMember(++this.#lastNumber, this.#parts.runtimes.make, this);
    const starting = this.#make(member).then((end) => {
      this.#starting.delete(starting);
      end();
    });
    this.#starting.set(starting, member);
  }

  /** Makes one, and gives what is done when it does not count as being made any more. */
  async #make(member: PoolMember): Promise<() => void> {
    try {
      const began = performance.now();
      await member.start(await this.#parts.guest, () => this.#parts.prepare(member));
      this.#latest ??= member;
      const startMs = performance.now() - began;
      this.#parts.tell({ kind: 'member-started', member: member.number, id: member.id, startMs });
      return () => this.#rest(member);
    } catch (error) {
      this.#error = error;
      this.#fruitless++;
      await this.#end(member, 'crash');
      if (this.#isOver) return () => {};
      this.#parts.tell({ kind: 'member-failed', error });
      return () => {
        this.#fill();
        if (this.#idle.length + this.#busy.size + this.#starting.size === 0) this.#parts.onNone(error);
      };
    }
  }

  /** Lets a member rest that was busy, or replaces it. */
  #settle(member: PoolMember, worn: PoolMemberEnd | undefined): void {
    this.#busy.delete(member);
    if (worn !== undefined) void this.#end(member, worn);
    this.#rest(member);
  }

  #rest(member: PoolMember): void {
    if (this.#isOver || member.isOver) {
      void this.#end(member, 'disposed');
      this.#fill();
    } else {
      const preparing = this.#parts.prepare(member);
      if (preparing === undefined) this.#idle.push(member);
      else {
        this.#busy.add(member);
        void preparing.finally(() => this.#settle(member, undefined));
      }
    }
    this.#parts.onChange();
  }

  #end(member: PoolMember, reason: PoolMemberEnd): Promise<void> {
    const ending = member.end(reason).finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
    return ending;
  }
}
