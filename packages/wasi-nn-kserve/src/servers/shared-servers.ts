import { createHash } from 'node:crypto';
import type { Transport } from '../transports/transport.js';
import type { TransportOptions } from '../transports/transport-options.js';
import type { ServerCaller } from './call-server.js';
import { type Clock, systemClock } from './clock.js';
import { KnownServers } from './known-servers.js';
import { Server } from './server.js';
import { ServerGroup } from './server-group.js';
import { ServersCaller } from './servers-caller.js';
import type { ServersOptions } from './servers-options.js';
import { SharedValues } from './shared-values.js';

/** Opens a transport; see `openTransport`. */
export type OpenTransport = (address: string, options: TransportOptions) => Transport;

/** A group, and the keys of its servers. */
interface KeptGroup {
  readonly group: ServerGroup;
  readonly keys: readonly string[];
}

/** The servers that are in use, each once for all who reach it in the same way and allow it as much. */
export class SharedServers {
  readonly #open: OpenTransport;
  readonly #clock: Clock;
  readonly #servers = new SharedValues<Server>((server) => server.close());
  readonly #groups = new SharedValues<KeptGroup>(({ keys }) => {
    for (const key of keys) this.#servers.giveBack(key);
  });

  constructor(open: OpenTransport, clock: Clock = systemClock) {
    this.#open = open;
    this.#clock = clock;
  }

  /** A user of these servers, until it is closed. */
  use(options: ServersOptions): ServerCaller {
    const addresses = new Map(
      options.servers.map((server) => [serverKey([server].flat(), options), [server].flat()]),
    );
    const key = keyOf([[...addresses.keys()].sort(), options.maxQueued]);
    const { group } = this.#groups.take(key, () => ({
      group: new ServerGroup(
        [...addresses].map(([serverKey, each]) =>
          this.#servers.take(serverKey, () => this.#makeServer(each, options)),
        ),
        options.maxQueued,
      ),
      keys: [...addresses.keys()],
    }));
    const place = {
      group,
      known: new KnownServers(this.#clock),
      clock: this.#clock,
      retries: options.retries,
      blamedAfterMs: options.timeoutMs / 2,
    };
    return new ServersCaller(place, () => this.#groups.giveBack(key));
  }

  #makeServer(addresses: readonly string[], options: ServersOptions): Server {
    const { tls, connectTimeoutMs, maxMessageBytes } = options;
    const open = (address: string) => this.#open(address, { tls, connectTimeoutMs, maxMessageBytes });
    return new Server(addresses, options.maxInFlight, open, this.#clock);
  }
}

function serverKey(addresses: readonly string[], options: ServersOptions): string {
  const { ca, cert, key, serverName } = options.tls ?? {};
  const { connectTimeoutMs, maxMessageBytes, maxInFlight } = options;
  return keyOf([addresses, ca, cert, key, serverName, connectTimeoutMs, maxMessageBytes, maxInFlight]);
}

/** Short, and without the keys of certificates in it. */
function keyOf(parts: readonly unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify(parts.map((part) => part ?? null)))
    .digest('base64');
}
