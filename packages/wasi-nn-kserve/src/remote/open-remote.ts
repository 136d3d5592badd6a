import { type AsyncContext, type AsyncLoader, BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import { checkConfig } from '../models/check-config.js';
import type { RemoteConfig, RemoteModel } from '../models/remote-model.js';
import { SharedServers } from '../servers/shared-servers.js';
import { SharedMemory } from '../shared-memory/shared-memory.js';
import { openTransport } from '../transports/open-transport.js';
import { loadGraph } from './load-graph.js';
import { passOnEvents } from './pass-on-events.js';

/** The servers that this thread speaks with: its sessions and guests share connections, counts and what is known of each server. */
const servers = new SharedServers(openTransport);

/** The host's models by their names. */
export interface RemoteOptions {
  readonly models: Readonly<Record<string, RemoteModel>>;
}

/** Models on inference servers, in the thread that calls this. */
export function openRemote({ models }: RemoteOptions, { tell }: AsyncContext): AsyncLoader<RemoteConfig> {
  if (tell !== undefined) passOnEvents(tell);
  return {
    load({ parts, config, fromHost }) {
      const name = new TextDecoder().decode(parts[0]);
      const model = Object.hasOwn(models, name) ? models[name] : undefined;
      if (model === undefined) throw new BackendFailure('not_found', `There is no model named ${name}.`);
      checkConfig(model, config);
      const memory = model.sharedMemory === true ? new SharedMemory(model.maxMessageBytes) : undefined;
      return loadGraph({ name, model, config, caller: servers.use(model), memory }, fromHost);
    },
  };
}
