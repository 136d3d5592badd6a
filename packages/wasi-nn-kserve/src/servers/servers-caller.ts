import { publish } from '../events/publish.js';
import { traceHeaders } from '../events/trace-headers.js';
import type { CallOptions, Transport } from '../transports/transport.js';
import { Attempts } from './attempts.js';
import { CallFailures } from './call-failures.js';
import { CallLimit } from './call-limit.js';
import { type CallPlace, CallRun } from './call-run.js';
import type { ServerCall, ServerCaller } from './call-server.js';
import { ModelWait } from './model-wait.js';
import { probeTimeoutMs } from './probe.js';

/** Calls of one user of a group of servers. */
export class ServersCaller implements ServerCaller {
  readonly #place: CallPlace;
  readonly #onClosed: () => void;
  readonly #running = new Set<CallLimit>();
  #isClosed = false;

  constructor(place: CallPlace, onClosed: () => void) {
    this.#place = place;
    this.#onClosed = onClosed;
  }

  call<Result>(
    call: ServerCall,
    use: (transport: Transport, options: CallOptions) => Promise<Result>,
  ): Promise<Result> {
    const headers = headersOf(call);
    return this.#limited(call, call.timeoutMs, headers, (limit) =>
      new CallRun(call, use, { headers, limit, place: this.#place }).run(),
    );
  }

  waitForModel(call: ServerCall): Promise<void> {
    const headers = headersOf(call);
    return this.#limited(call, call.timeoutMs === 0 ? probeTimeoutMs : call.timeoutMs, headers, (limit) =>
      this.#wait(call, headers, limit),
    );
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const limit of this.#running) limit.stop('closed', new Error('The connections are closed.'));
    this.#onClosed();
  }

  async #wait(call: ServerCall, headers: Readonly<Record<string, string>>, limit: CallLimit): Promise<void> {
    const { clock, group, known } = this.#place;
    const begin = clock.now();
    const wait = new ModelWait(call, headers, { clock, limit });
    const failures = new CallFailures(call, headers, new Attempts());
    try {
      const server = await wait.forAnyOf(group.servers);
      if (server === undefined)
        throw failures.notReady(
          group.servers.map((each) => wait.saidBy(each)),
          false,
        );
      known.foundAtOneOf(group.servers, call.model);
      const { name: model, version } = call.model;
      publish(() => ({
        kind: 'model-ready',
        address: server.address,
        model,
        version,
        waitMs: clock.now() - begin,
      }));
    } catch (error) {
      if (limit.end === 'aborted') throw limit.signal.reason;
      if (limit.end === 'closed') throw failures.closed();
      if (limit.end === undefined) throw error;
      throw failures.notReady(
        group.servers.map((each) => wait.saidBy(each)),
        true,
      );
    } finally {
      // Servers that have not answered yet need not any more.
      limit.stop('closed', new Error('Another server has the model ready.'));
    }
  }

  async #limited<Result>(
    call: ServerCall,
    timeoutMs: number,
    headers: Readonly<Record<string, string>>,
    run: (limit: CallLimit) => Promise<Result>,
  ): Promise<Result> {
    if (this.#isClosed) throw new CallFailures(call, headers, new Attempts()).closed();
    call.signal?.throwIfAborted();
    const limit = new CallLimit(this.#place.clock, timeoutMs, call.signal);
    this.#running.add(limit);
    try {
      return await run(limit);
    } finally {
      limit.lift();
      this.#running.delete(limit);
    }
  }
}

function headersOf(call: ServerCall): Readonly<Record<string, string>> {
  return { ...call.headers, ...traceHeaders() };
}
