import type { Server, WaitingCalls } from './server.js';
import { type Leave, WaitQueue } from './wait-queue.js';

/** A call that waits for a place at a server. */
interface Waiter {
  readonly ticket: number;
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
  hasBesides(tried: ReadonlySet<Server>): boolean {
    return this.servers.some((server) => !tried.has(server) && !server.isEjected);
  }

  /** Takes a place at a server, preferably at one that was not tried yet; undefined if others wait already, or there is none. */
  take(tried: ReadonlySet<Server>): Server | undefined {
    return this.#queue.size > 0 ? undefined : this.#take(tried);
  }

  /** Waits for a place. */
  wait(): AwaitedPlace {
    let leave: Leave = () => false;
    let given: Server | undefined;
    const server = new Promise<Server>((resolve) => {
      const give = (server: Server) => {
        given = server;
        resolve(server);
      };
      leave = this.#queue.push({ ticket: tickets++, give });
    });
    if (this.#queue.size === 1) for (const each of this.servers) each.waiting.add(this);
    const giveUp = () => {
      if (leave()) this.#forgetIfNobodyWaits();
      else given?.release();
    };
    return { server, giveUp };
  }

  serveFirst(): boolean {
    const server = this.#take();
    if (server === undefined) return false;
    const waiter = this.#queue.shift();
    this.#forgetIfNobodyWaits();
    waiter?.give(server);
    return true;
  }

  #take(tried?: ReadonlySet<Server>): Server | undefined {
    const server = this.#choose(tried);
    server?.take();
    return server;
  }

  /** The least calls in flight, ties by turn. Where all are ejected, any is better than none. */
  #choose(tried: ReadonlySet<Server> | undefined): Server | undefined {
    const areAllEjected = this.servers.every((server) => server.isEjected);
    let chosen: number | undefined;
    for (let step = 0; step < this.servers.length; step++) {
      const index = (this.#turn + step) % this.servers.length;
      const server = this.servers[index] as Server;
      if (!server.hasRoom || (server.isEjected && !areAllEjected)) continue;
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
