import { performance } from 'node:perf_hooks';
import { onAbort } from '../../control/on-abort.js';
import { PoolBusyError } from '../../errors/pool-errors.js';
import { abortError } from '../caller/call-bounds.js';

/** Something that waits for a member. */
export interface WaitingUse {
  readonly signal: AbortSignal | undefined;
  readonly maxWaitMs: number;
  /** Told instead of its turn. */
  refuse(error: Error, waitMs: number): void;
}

interface Place<Use extends WaitingUse> {
  readonly use: Use;
  readonly since: number;
  leave(): void;
}

/** Those who wait for a member, in their order; there is room for so many. */
export class PoolQueue<Use extends WaitingUse> {
  readonly #places = new Set<Place<Use>>();
  readonly #max: number;
  readonly #onLeave: () => void;

  /** @param onLeave told when one has left without a turn. */
  constructor(max: number, onLeave: () => void) {
    this.#max = max;
    this.#onLeave = onLeave;
  }

  get length(): number {
    return this.#places.size;
  }

  get isFull(): boolean {
    return this.#places.size >= this.#max;
  }

  /** Puts one at the end. It leaves when its signal is aborted, or after its time. */
  add(use: Use): void {
    const { signal, maxWaitMs } = use;
    const since = performance.now();
    const giveUp = (error: Error) => {
      place.leave();
      use.refuse(error, performance.now() - since);
      this.#onLeave();
    };
    const abort = () => giveUp(abortError(signal as AbortSignal));
    const timer =
      maxWaitMs === Infinity
        ? undefined
        : setTimeout(() => giveUp(waitedError(maxWaitMs, this.length)), maxWaitMs);
    let unwatch: (() => void) | undefined;
    const place: Place<Use> = {
      use,
      since,
      leave: () => {
        clearTimeout(timer);
        unwatch?.();
        this.#places.delete(place);
      },
    };
    unwatch = signal && onAbort(signal, abort);
    this.#places.add(place);
  }

  /** The one whose turn it is, with how long it has waited. */
  take(): { readonly use: Use; readonly waitMs: number } | undefined {
    const [place] = this.#places;
    if (place === undefined) return undefined;
    place.leave();
    return { use: place.use, waitMs: performance.now() - place.since };
  }

  refuseAll(error: Error): void {
    for (const place of [...this.#places]) {
      place.leave();
      place.use.refuse(error, performance.now() - place.since);
    }
  }
}

/** The error of a call that finds the queue full. */
export function fullError(waiting: number, size: number): PoolBusyError {
  return new PoolBusyError(
    `All ${size} members of the pool are busy, and ${waiting} calls are already waiting, as many as its option queue allows. Retry later, await pool.room() first, or raise size or queue.`,
    { waiting, waitedMs: 0 },
  );
}

function waitedError(maxWaitMs: number, waiting: number): PoolBusyError {
  return new PoolBusyError(
    `The call has waited ${maxWaitMs} ms for a member of the pool, as long as maxWaitMs allows. Retry later, or raise size or maxWaitMs.`,
    { waiting, waitedMs: maxWaitMs },
  );
}
