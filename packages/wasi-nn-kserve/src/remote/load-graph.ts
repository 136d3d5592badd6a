import { BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { HostRequest } from '../host-request.js';
import { chooseOutputs } from '../models/check-config.js';
import { matchSignature } from '../models/signature.js';
import { withoutSecrets } from '../servers/without-secrets.js';
import { RemoteGraph } from './graph.js';
import { type LoadedRemote, serverCall } from './loaded-remote.js';
import { listenForHost } from './pass-on-events.js';

/**
 * Waits until a server has the model ready, and asks what its inputs and outputs are.
 *
 * @throws {BackendFailure} when none has it, or not as the host states.
 */
export async function loadGraph(remote: LoadedRemote, fromHost: unknown): Promise<RemoteGraph> {
  const { name, model, config, caller } = remote;
  const host = (fromHost ?? {}) as HostRequest;
  try {
    listenForHost(host.isListenedTo === true);
    const call = { ...serverCall(remote, host), isRepeatable: true, isLoading: true };
    await caller.waitForModel({ ...call, timeoutMs: model.readyTimeoutMs });
    const metadata = await caller.call(call, (transport, options) =>
      transport.modelMetadata(call.model, options),
    );
    const { inputs, outputs } = matchSignature(`models.${name}`, model, metadata);
    return new RemoteGraph(remote, { inputs, outputs: chooseOutputs(outputs, config) });
  } catch (error) {
    caller.close();
    throw error instanceof BackendFailure ? withoutSecretsOf(host, error) : error;
  }
}

/** A server may name its inputs after what it was sent. */
function withoutSecretsOf(
  { headers = {} }: HostRequest,
  { errnoName, message }: BackendFailure,
): BackendFailure {
  return new BackendFailure(errnoName, withoutSecrets(message, headers));
}
