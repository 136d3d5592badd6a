import { orAborted } from '../aborted.js';
import { callFailure, notInUse } from '../call-failure.js';
import type { ServerAddress } from '../server-address.js';
import type { TransportOptions } from '../transport-options.js';
import { GrpcSession } from './grpc-session.js';
import type { KeepAliveTimes } from './keep-alive.js';
import { openSession } from './open-session.js';

/** The connections to a server: one, unless it takes fewer calls at a time on one than there are. */
export class GrpcConnections {
  #sessions: GrpcSession[] = [];
  #opening: Promise<GrpcSession> | undefined;
  readonly #closing = new AbortController();

  constructor(
    readonly address: ServerAddress,
    readonly options: TransportOptions,
    readonly times: KeepAliveTimes,
  ) {}

  /** A connection with a place for a call, which is taken, if there is one. */
  take(): GrpcSession | undefined {
    return this.#sessions.find((session) => session.take());
  }

  /** Waits for a connection with a place for a call, which is taken; the signal ends only the waiting. */
  async waitAndTake(signal: AbortSignal): Promise<GrpcSession> {
    for (let ended = 0; ended < 3; ) {
      const session = this.take();
      if (session !== undefined) return session;
      this.#opening ??= this.#open().finally(() => {
        this.#opening = undefined;
      });
      const opened = await orAborted(this.#opening, signal);
      if (!opened.isUsable) ended += 1;
    }
    throw callFailure('unreachable', this.address, 'ended each of three connections at once');
  }

  close(): void {
    this.#closing.abort();
    for (const session of this.#sessions) session.close();
  }

  async #open(): Promise<GrpcSession> {
    const { signal } = this.#closing;
    if (signal.aborted) throw notInUse(this.address);
    const http2 = await openSession(this.address, this.options, signal);
    if (signal.aborted) http2.destroy();
    const session = new GrpcSession(http2, this.times);
    if (http2.remoteSettings.maxConcurrentStreams === 0) {
      session.close();
      throw callFailure('busy', this.address, 'takes no calls on a new connection');
    }
    this.#dropUseless();
    this.#sessions.push(session);
    return session;
  }

  /** So that there are never more connections than calls, and one. */
  #dropUseless(): void {
    for (const session of this.#sessions) if (session.isUseless) session.close();
    this.#sessions = this.#sessions.filter(({ isUsable }) => isUsable);
  }
}
