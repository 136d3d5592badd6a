import type { KnownServers } from './known-servers.js';
import type { Server, WaitingCalls } from './server.js';
import { type Leave, WaitQueue } from './wait-queue.js';

/** A call that waits for a place at a server. */
interface Waiter {
  readonly ticket: number;
  readonly known: KnownServers;
  give(server: Server): void;
}

/** A place that is waited for. */
export interface AwaitedPlace {
  /** The server with a place for the call. */
  readonly server: Promise<Server>;
  /** Waits no longer, and gives back what it may have got meanwhile. */
  giveUp(): void;
}

/** Over all groups: who came first is served first, also where groups share a server. */
let tickets = 0;

/** Servers that can do the same, and the calls that wait for one of them. */
export class ServerGroup implements WaitingCalls {
  readonly servers: readonly Server[];
  readonly #maxQueued: number;
  readonly #queue = new WaitQueue<Waiter>();
  /** Where looking for a server begins, so that like ones have their turns. */
  #turn = 0;

  constructor(servers: readonly Server[], maxQueued: number) {
    this.servers = servers;
    this.#maxQueued = maxQueued;
  }

  get firstTicket(): number | undefined {
    return this.#queue.first?.ticket;
  }

  get isFull(): boolean {
    return this.#queue.size >= this.#maxQueued;
  }

  /** Whether there is a server besides those, which gets calls. */
  hasBesides(tried: ReadonlySet<Server>, known: KnownServers): boolean {
    return this.servers.some((server) => !tried.has(server) && doubt(server, known) === 0);
  }

  /** Takes a place at a server, preferably at one that was not tried yet; undefined if others wait already, or there is none. */
  take(tried: ReadonlySet<Server>, known: KnownServers): Server | undefined {
    return this.#queue.size > 0 ? undefined : this.#take(known, tried);
  }

  /** Waits for a place. */
  wait(known: KnownServers): AwaitedPlace {
    let leave: Leave = () => false;
    let given: Server | undefined;
    const server = new Promise<Server>((resolve) => {
      const give = (server: Server) => {
        given = server;
        resolve(server);
      };
      leave = this.#queue.push({ ticket: tickets++, known, give });
    });
    if (this.#queue.size === 1) for (const each of this.servers) each.waiting.add(this);
    const giveUp = () => {
      if (leave()) this.#forgetIfNobodyWaits();
      else given?.release();
    };
    return { server, giveUp };
  }

  serveFirst(): boolean {
    const waiter = this.#queue.first;
    const server = waiter && this.#take(waiter.known);
    if (server === undefined) return false;
    this.#queue.shift();
    this.#forgetIfNobodyWaits();
    waiter?.give(server);
    return true;
  }

  #take(known: KnownServers, tried?: ReadonlySet<Server>): Server | undefined {
    const server = this.#choose(known, tried);
    server?.take();
    return server;
  }

  /** Of those with the least doubt, which may all be full: the least calls in flight, ties by turn. Where all are in doubt, any is better than none. */
  #choose(known: KnownServers, tried: ReadonlySet<Server> | undefined): Server | undefined {
    const leastDoubt = Math.min(...this.servers.map((server) => doubt(server, known)));
    let chosen: number | undefined;
    for (let step = 0; step < this.servers.length; step++) {
      const index = (this.#turn + step) % this.servers.length;
      const server = this.servers[index] as Server;
      if (!server.hasRoom || doubt(server, known) > leastDoubt) continue;
      if (chosen === undefined || this.#isBetter(server, this.servers[chosen] as Server, tried))
        chosen = index;
    }
    if (chosen === undefined) return undefined;
    this.#turn = chosen + 1;
    return this.servers[chosen];
  }

  #isBetter(server: Server, than: Server, tried: ReadonlySet<Server> | undefined): boolean {
    const wasTried = tried?.has(server) === true;
    if (wasTried !== (tried?.has(than) === true)) return !wasTried;
    return server.inFlight < than.inFlight;
  }

  #forgetIfNobodyWaits(): void {
    if (this.#queue.size === 0) for (const server of this.servers) server.waiting.delete(this);
  }
}

/** How little is to be hoped of a server: one that does not have the model may still be there. */
function doubt(server: Server, known: KnownServers): 0 | 1 | 2 {
  if (server.isEjected) return 2;
  return known.has(server) ? 0 : 1;
}
