import type { Backend } from '@wasmedge-plugins/wasi-nn';
import { asyncLoader, defineBackend, packageFile } from '@wasmedge-plugins/wasi-nn/kit';
import type { KServeEvent } from './events/kserve-event.js';
import { publish } from './events/publish.js';
import { hostRequests } from './host-request.js';
import { remoteModel } from './models/remote-model.js';
import { settings } from './read-config.js';
import type { RemoteOptions } from './remote/open-remote.js';
import type { KServeModel } from './source.js';

/** Inference servers behind WASI-NN, with the host's models. */
export function kserveBackend(models: Readonly<Record<string, KServeModel>>): Backend {
  const entries = Object.entries(models);
  const remoteModels = Object.fromEntries(entries.map(([name, model]) => [name, remoteModel(model)]));
  const requests = new Map(entries.map(([name, model]) => [name, hostRequests(name, model)]));
  return defineBackend({
    contractVersion: 1,
    packageName: '@wasmedge-plugins/wasi-nn-kserve',
    title: 'KServe',
    name: 'kserve',
    encoding: undefined,
    encodingNames: [],
    parts: ['its name'],
    settings,
    open: (context) => {
      const moduleUrl = packageFile({
        package: '@wasmedge-plugins/wasi-nn-kserve',
        from: import.meta.url,
        built: './remote-task.js',
        source: '../dist/remote-task.js',
      });
      const options: RemoteOptions = { models: remoteModels };
      return asyncLoader({ moduleUrl, exportName: 'openRemote', options }, context, {
        sessions: 'here',
        perRequest: ([name]) => requests.get(new TextDecoder().decode(name)),
        onTold: (event) => publish(() => event as KServeEvent),
      });
    },
  });
}
