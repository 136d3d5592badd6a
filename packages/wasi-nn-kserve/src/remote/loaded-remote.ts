import type { HostRequest } from '../host-request.js';
import type { RemoteConfig, RemoteModel } from '../models/remote-model.js';
import type { Parameters } from '../protocol/messages.js';
import type { ServerCall, ServerCaller } from '../servers/call-server.js';
import type { SharedMemory } from '../shared-memory/shared-memory.js';

/** A model that somebody has loaded. */
export interface LoadedRemote {
  /** The name that the host gave it. */
  readonly name: string;
  readonly model: RemoteModel;
  /** What a guest asked for. */
  readonly config: RemoteConfig;
  readonly caller: ServerCaller;
  /** Memory that is shared with its servers. Default: there is none. */
  readonly memory?: SharedMemory | undefined;
}

/** The parameters of its requests: a guest's are added, or take the place of the host's. */
export function parametersOf({ model, config }: LoadedRemote): Parameters {
  return { ...model.parameters, ...config.parameters };
}

/** A call of one of its servers. */
export function serverCall(remote: LoadedRemote, { headers = {} }: HostRequest): ServerCall {
  const { model, config } = remote;
  const hasSequence = Object.keys(parametersOf(remote)).some((name) => name.startsWith('sequence_'));
  return {
    timeoutMs: config.timeoutMs ?? model.timeoutMs,
    headers,
    isRepeatable: model.idempotent ?? !hasSequence,
    model: { name: model.model, version: config.version ?? model.version },
  };
}
