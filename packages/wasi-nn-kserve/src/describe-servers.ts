import type { PluginServer } from '@wasmedge-plugins/core';
import { defaults } from './models/bounds.js';
import type { KServeModel } from './source.js';
import { openTransport } from './transports/open-transport.js';
import type { RemoteFailure } from './transports/remote-failure.js';
import type { CallOptions, Transport } from './transports/transport.js';

/** Milliseconds for all questions to one server. */
const patienceMs = 5000;

/** So many models and extensions of a server are told. */
const maxTold = 100;

/** Asks the servers of each model, all at once, how they are. */
export function describeServers(
  models: Readonly<Record<string, KServeModel>>,
): Promise<readonly PluginServer[]> {
  return Promise.all(
    Object.entries(models).flatMap(([name, model]) =>
      model.servers.flat().map((address) => describeServer(name, model, address)),
    ),
  );
}

async function describeServer(name: string, model: KServeModel, address: string): Promise<PluginServer> {
  const { connectTimeoutMs, maxMessageBytes } = defaults;
  const transport = openTransport(address, { connectTimeoutMs, maxMessageBytes, tls: model.tls });
  const signal = AbortSignal.timeout(patienceMs);
  const options: CallOptions = { signal, timeoutMs: patienceMs, headers: {} };
  try {
    return { name, address: transport.address, ...(await ask(transport, model, options)) };
  } catch (error) {
    const late = `${transport.address} has not answered within ${patienceMs / 1000} seconds.`;
    return {
      name,
      address: transport.address,
      problem: signal.aborted ? late : (error as RemoteFailure).message,
    };
  } finally {
    transport.close();
  }
}

async function ask(transport: Transport, { model, version }: KServeModel, options: CallOptions) {
  const isReady = await transport.isReady(options);
  const told = await optional(transport.serverMetadata(options));
  const models = await optional(transport.repositoryIndex(options));
  const hasModel = await optional(transport.isModelReady({ name: model, version }, options));
  const what = version === undefined ? model : `${model}, version ${version},`;
  return {
    isReady,
    ...(told !== undefined && {
      software: `${told.name} ${told.version}`.trim(),
      extensions: told.extensions.slice(0, maxTold),
    }),
    ...(models !== undefined && { models: [...new Set(models.map((each) => each.name))].slice(0, maxTold) }),
    ...(hasModel !== true && { problem: `${transport.address} does not have the model ${what} ready.` }),
  };
}

/** What not every server says; that it does not is no problem. */
function optional<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  return asked.catch(() => undefined);
}
