import { observeCall } from '../events/observe-call.js';
import { type FailureKind, RemoteFailure } from '../transports/remote-failure.js';
import type { CallOptions, Transport } from '../transports/transport.js';
import { Attempts } from './attempts.js';
import { CallFailures } from './call-failures.js';
import type { CallLimit } from './call-limit.js';
import type { ServerCall } from './call-server.js';
import type { Clock } from './clock.js';
import type { KnownServers } from './known-servers.js';
import { probeEjected } from './probe.js';
import { isOfConnection, mayTryAgain, retryDelayMs } from './retry.js';
import type { Server } from './server.js';
import type { ServerGroup } from './server-group.js';

/** Failures that only a server can tell: it is there. Others may have been found here. */
const answers: ReadonlySet<FailureKind> = new Set([
  'busy',
  'failed',
  'forbidden',
  'not-found',
  'timed-out',
  'unsupported',
]);

/** Where a call is made, and how much is done for it. */
export interface CallPlace {
  readonly group: ServerGroup;
  readonly known: KnownServers;
  readonly clock: Clock;
  readonly retries: number;
  /** So long at least a server must have been silent when the time is over, or it is not blamed: a guest may have asked for little. */
  readonly blamedAfterMs: number;
}

/** One call with all its attempts. */
export class CallRun<Result> {
  readonly #call: ServerCall;
  readonly #use: (transport: Transport, options: CallOptions) => Promise<Result>;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #limit: CallLimit;
  readonly #place: CallPlace;
  readonly #attempts = new Attempts();
  readonly #failures: CallFailures;

  constructor(
    call: ServerCall,
    use: (transport: Transport, options: CallOptions) => Promise<Result>,
    given: { headers: Readonly<Record<string, string>>; limit: CallLimit; place: CallPlace },
  ) {
    this.#call = call;
    this.#use = use;
    this.#headers = given.headers;
    this.#limit = given.limit;
    this.#place = given.place;
    this.#failures = new CallFailures(call, given.headers, this.#attempts);
  }

  async run(): Promise<Result> {
    for (;;) {
      const server = await this.#takeServer();
      try {
        return await this.#attempt(server);
      } catch (error) {
        if (!(error instanceof RemoteFailure)) throw error;
        await this.#beforeNext(error);
      }
    }
  }

  async #takeServer(): Promise<Server> {
    const { group, known, clock } = this.#place;
    const question = { model: this.#call.model, headers: this.#headers };
    probeEjected(group.servers, question, clock);
    known.probeUnknown(question);
    const server = group.take(this.#attempts.servers, known);
    if (server !== undefined) return server;
    if (group.isFull) throw this.#failures.full();
    const awaited = group.wait(known);
    try {
      return await this.#limit.within(() => awaited.server);
    } catch {
      awaited.giveUp();
      throw this.#ended();
    }
  }

  /** Asks a server that has a place for it, which is given back. */
  async #attempt(server: Server): Promise<Result> {
    const { group, known, clock, blamedAfterMs } = this.#place;
    const begin = clock.now();
    this.#attempts.begin(server);
    try {
      const result = await server.use(this.#call.isRepeatable, (transport) => this.#ask(transport));
      server.answered();
      return result;
    } catch (error) {
      if (this.#limit.end !== undefined) {
        if (this.#limit.end === 'deadline' && clock.now() - begin >= blamedAfterMs) server.failed(begin);
        throw this.#ended(server);
      }
      if (error instanceof RemoteFailure) {
        if (isOfConnection(error.kind)) server.failed(begin);
        else if (answers.has(error.kind)) server.answered();
        if (error.kind === 'not-found') known.missedAt(server, group.servers, this.#call.model);
      }
      throw error;
    } finally {
      server.release();
    }
  }

  #ask(transport: Transport): Promise<Result> {
    const limit = this.#limit;
    const observed = { model: this.#call.model, attempt: this.#attempts.count, endedBy: () => limit.end };
    return observeCall(observed, transport, (used) =>
      limit.within(() =>
        this.#use(used, { signal: limit.signal, timeoutMs: limit.remainingMs, headers: this.#headers }),
      ),
    );
  }

  /** Waits until the next attempt may be made, or fails if there is none. */
  async #beforeNext(failure: RemoteFailure): Promise<void> {
    const { group, known, clock, retries } = this.#place;
    this.#attempts.failure = failure;
    const { kind } = failure;
    if (!mayTryAgain(kind, this.#call.isRepeatable) || this.#attempts.count > retries) {
      throw this.#failures.failed(failure);
    }
    // What hinders this server says nothing of another; that servers are busy may be so everywhere.
    if (isOfConnection(kind) && group.hasBesides(this.#attempts.servers, known)) return;
    const delayMs = retryDelayMs(clock, this.#attempts.count);
    if (delayMs >= this.#limit.remainingMs) throw this.#failures.failed(failure);
    try {
      await this.#limit.pause(delayMs);
    } catch {
      throw this.#ended();
    }
  }

  /** What a call fails with that is over before it was answered. */
  #ended(asked?: Server): unknown {
    if (this.#limit.end === 'aborted') return this.#limit.signal.reason;
    if (this.#limit.end === 'closed') return this.#failures.closed();
    if (asked !== undefined) return this.#failures.late(asked.address);
    const { failure } = this.#attempts;
    return failure === undefined ? this.#failures.crowded() : this.#failures.failed(failure);
  }
}
