import { RemoteFailure } from '../transports/remote-failure.js';
import { backOffMs, retryBackOff } from './back-off.js';
import { CallLimit } from './call-limit.js';
import type { ServerCall } from './call-server.js';
import type { Clock } from './clock.js';
import { errnoOf } from './failure-errno.js';
import { isHopeless } from './is-hopeless.js';
import { isModelReady, probeTimeoutMs } from './probe.js';
import type { Said } from './said.js';
import type { Server } from './server.js';

/** Asks all servers, each again and again, whether they have a model ready. */
export class ModelWait {
  readonly #call: ServerCall;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #clock: Clock;
  readonly #limit: CallLimit;
  readonly #said = new Map<Server, Said>();

  constructor(
    call: ServerCall,
    headers: Readonly<Record<string, string>>,
    { clock, limit }: { clock: Clock; limit: CallLimit },
  ) {
    this.#call = call;
    this.#headers = headers;
    this.#clock = clock;
    this.#limit = limit;
  }

  /** The first server that has it ready; undefined when none will. Fails with the limit's reason when that is over before. */
  forAnyOf(servers: readonly Server[]): Promise<Server | undefined> {
    return this.#limit.within(
      () =>
        new Promise((resolve, reject) => {
          let left = servers.length;
          for (const server of servers) {
            this.#poll(server).then((isReady) => {
              left--;
              if (isReady) resolve(server);
              else if (left === 0) resolve(undefined);
            }, reject);
          }
        }),
    );
  }

  saidBy(server: Server): Said {
    const silent = {
      errno: 'runtime_error',
      text: `${server.address} has not answered.`,
      isHopeless: false,
    } as const;
    return this.#said.get(server) ?? silent;
  }

  async #poll(server: Server): Promise<boolean> {
    for (let before = 0; ; before++) {
      const said = await this.#ask(server);
      if (said === undefined) return true;
      this.#said.set(server, said);
      if (said.isHopeless || this.#call.timeoutMs === 0) return false;
      // Asked more often towards the end, so that a model which gets ready in the last part of the time is not missed.
      const most = Math.max(retryBackOff.leastMs, this.#limit.remainingMs / 2);
      await this.#limit.pause(Math.min(most, backOffMs(retryBackOff, before)));
    }
  }

  /** Undefined: it has it. */
  async #ask(server: Server): Promise<Said | undefined> {
    const timeoutMs = Math.min(this.#limit.remainingMs, probeTimeoutMs);
    const limit = new CallLimit(this.#clock, timeoutMs, this.#limit.signal);
    try {
      if (await isModelReady(server, { model: this.#call.model, headers: this.#headers }, limit)) {
        server.answered();
        return undefined;
      }
      return { errno: 'not_found', text: `${server.address} does not have it ready.`, isHopeless: false };
    } catch (error) {
      if (error instanceof RemoteFailure) {
        const errno = errnoOf(error.kind, true);
        return { errno, text: error.message, isHopeless: isHopeless(error) };
      }
      if (this.#limit.end !== undefined || limit.end !== 'deadline') throw error;
      const text = `${server.address} did not answer within ${timeoutMs} ms.`;
      return { errno: 'runtime_error', text, isHopeless: false };
    } finally {
      limit.lift();
    }
  }
}
