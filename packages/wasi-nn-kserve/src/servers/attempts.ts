import type { ModelName } from '../protocol/messages.js';
import type { RemoteFailure } from '../transports/remote-failure.js';
import type { Server } from './server.js';

/** What was tried for a call. */
export class Attempts {
  readonly servers = new Set<Server>();
  #count = 0;
  /** What came of the last, if it failed. */
  failure: RemoteFailure | undefined;

  get count(): number {
    return this.#count;
  }

  begin(server: Server): void {
    this.#count++;
    this.servers.add(server);
  }

  /** For messages: `model "road", tried 3 times on 2 servers`. */
  describe({ name, version }: ModelName): string {
    const model = `model "${name}"${version === undefined ? '' : `, version "${version}"`}`;
    if (this.#count < 2) return model;
    const servers = this.servers.size === 1 ? 'one server' : `${this.servers.size} servers`;
    return `${model}, tried ${this.#count} times on ${servers}`;
  }
}
