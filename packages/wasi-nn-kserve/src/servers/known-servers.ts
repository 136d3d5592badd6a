import type { ModelName } from '../protocol/messages.js';
import { backOffMs, ejectionBackOff } from './back-off.js';
import type { Clock } from './clock.js';
import { probe, type Question } from './probe.js';
import type { Server } from './server.js';

/** A server of which it is not known whether it has the model. */
interface Unknown {
  /** How often it was asked in vain. */
  asked: number;
  nextAt: number;
  isBeingAsked: boolean;
}

/** Which servers are known to have a model, as long as not all have it: some may still load it, or be down. Without a word of them all are. */
export class KnownServers {
  readonly #clock: Clock;
  readonly #unknown = new Map<Server, Unknown>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  has(server: Server): boolean {
    return !this.#unknown.has(server);
  }

  /** One of them has it ready; those which never said so will be asked with the next call. */
  foundAtOneOf(servers: readonly Server[], model: ModelName): void {
    this.#unknown.clear();
    for (const server of servers) {
      if (server.readyModels.has(model)) continue;
      this.#unknown.set(server, { asked: 0, nextAt: 0, isBeingAsked: false });
    }
  }

  /** One has said that it does not have it; if there are others, they get the calls. */
  missedAt(server: Server, servers: readonly Server[], model: ModelName): void {
    server.readyModels.delete(model);
    if (servers.length === 1 || !this.has(server)) return;
    const nextAt = this.#clock.now() + ejectionBackOff.leastMs;
    this.#unknown.set(server, { asked: 1, nextAt, isBeingAsked: false });
  }

  /** Asks those that it is time to ask. Nobody waits for it. */
  probeUnknown(question: Question): void {
    for (const [server, state] of this.#unknown) {
      if (state.isBeingAsked || server.isEjected || this.#clock.now() < state.nextAt) continue;
      state.isBeingAsked = true;
      void this.#probe(server, state, question);
    }
  }

  async #probe(server: Server, state: Unknown, question: Question): Promise<void> {
    const hasIt = await probe(server, question, this.#clock);
    state.isBeingAsked = false;
    state.nextAt = this.#clock.now() + backOffMs(ejectionBackOff, state.asked++);
    if (!hasIt || this.#unknown.get(server) !== state) return;
    this.#unknown.delete(server);
    server.serveWaiting();
  }
}
