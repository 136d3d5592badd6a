import { publish } from '../events/publish.js';
import type { Transport } from '../transports/transport.js';
import type { Clock } from './clock.js';
import { ReadyModels } from './ready-models.js';
import { ServerAddresses } from './server-addresses.js';
import { ServerHealth } from './server-health.js';

/** Calls that wait for one of several servers. */
export interface WaitingCalls {
  /** When the first of them came, as a number that grows; undefined if none waits. */
  readonly firstTicket: number | undefined;
  /** Gives the first of them a server; `false` if none has room for it. */
  serveFirst(): boolean;
}

/** One server: the calls that it has, and whether it gets any. All models and sessions of this thread that reach it in the same way share it. */
export class Server {
  readonly #clock: Clock;
  readonly #maxInFlight: number;
  readonly #addresses: ServerAddresses;
  readonly #health = new ServerHealth();
  /** What it has said that it has ready. */
  readonly readyModels = new ReadyModels();
  /** Who waits for it, among others. */
  readonly waiting = new Set<WaitingCalls>();
  readonly #closing = new AbortController();
  #inFlight = 0;

  constructor(
    addresses: readonly string[],
    maxInFlight: number,
    open: (address: string) => Transport,
    clock: Clock,
  ) {
    this.#addresses = new ServerAddresses(addresses, open);
    this.#maxInFlight = maxInFlight;
    this.#clock = clock;
  }

  get address(): string {
    return this.#addresses.address;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get hasRoom(): boolean {
    return this.#inFlight < this.#maxInFlight;
  }

  get isEjected(): boolean {
    return this.#health.isEjected;
  }

  /** Aborted when nobody uses it any more. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Takes a place for a call. */
  take(): void {
    this.#inFlight++;
  }

  /** Gives the place back, to the call that has waited longest. */
  release(): void {
    this.#inFlight--;
    this.serveWaiting();
  }

  /** Does something at the address that it speaks. */
  use<Result>(isRepeatable: boolean, use: (transport: Transport) => Promise<Result>): Promise<Result> {
    return this.#addresses.use(isRepeatable, use);
  }

  /** A call was answered, however. */
  answered(): void {
    this.#readmittedIf(this.#health.answered());
  }

  /** A call that began then did not reach it, or was lost. */
  failed(begunAt: number): void {
    this.#ejectedFor(this.#health.failed(this.#clock.now(), begunAt));
  }

  /** Whether it is time to ask it whether it is back. Whoever is told so must ask it. */
  beginProbe(): boolean {
    const isDue = !this.closing.aborted && this.#health.isDue(this.#clock.now());
    if (isDue) this.#health.beginProbe();
    return isDue;
  }

  endProbe(isBack: boolean): void {
    if (this.closing.aborted) return;
    if (isBack) this.#readmittedIf(this.#health.probeSucceeded(this.#clock.now()));
    else this.#ejectedFor(this.#health.probeFailed(this.#clock.now()));
  }

  /** Gives calls that wait what has become free, to the one that has waited longest first. */
  serveWaiting(): void {
    if (this.waiting.size === 0) return;
    const left = new Set(this.waiting);
    for (let next = longestWaiting(left); next !== undefined; next = longestWaiting(left)) {
      if (!next.serveFirst()) left.delete(next);
    }
  }

  close(): void {
    this.#closing.abort();
    this.#addresses.close();
  }

  #ejectedFor(forMs: number | undefined): void {
    if (forMs === undefined) return;
    publish(() => ({ kind: 'server-ejected', address: this.address, forMs }));
    // It may have been the last that was not, so that waiting calls may go to any.
    this.serveWaiting();
  }

  #readmittedIf(wasEjected: boolean): void {
    if (!wasEjected) return;
    publish(() => ({ kind: 'server-readmitted', address: this.address }));
    this.serveWaiting();
  }
}

function longestWaiting(all: ReadonlySet<WaitingCalls>): WaitingCalls | undefined {
  let found: WaitingCalls | undefined;
  for (const each of all) {
    if (each.firstTicket === undefined) continue;
    if (found?.firstTicket === undefined || each.firstTicket < found.firstTicket) found = each;
  }
  return found;
}
