import { openTransport } from '../transports/open-transport.js';
import type { ServerCaller } from './call-server.js';
import type { ServersOptions } from './servers-options.js';
import { SharedServers } from './shared-servers.js';

const servers = new SharedServers(openTransport);

/** Servers of a model, whose connections are shared with all of this thread who reach them in the same way. Whoever opens them closes them. */
export function openServers(options: ServersOptions): ServerCaller {
  return servers.use(options);
}
