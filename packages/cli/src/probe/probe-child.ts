import { findWasmEdge, WasmEdgePluginsError } from '@wasmedge-plugins/core';
import { describePluginFile } from '@wasmedge-plugins/core/plugins';
import { loadPluginPackage } from '../packages/plugin-package.js';
import type { ProbeAnswer, ProbeRequest } from './probe-message.js';

process.once('message', async (request: ProbeRequest) => {
  const answer = await tryIt(request).catch(problem);
  // The process ends by itself, so that a crash at its end shows.
  process.send?.(answer, () => process.disconnect());
});

async function tryIt(request: ProbeRequest): Promise<ProbeAnswer> {
  const { library } = request;
  if (request.kind === 'library') {
    return { kind: 'library', installation: await findWasmEdge(library) };
  }
  if (request.kind === 'libraries') {
    const loaded = await loadPluginPackage(request.packageName);
    return { kind: 'libraries', libraries: loaded?.commandLine.libraries?.() ?? [] };
  }
  const earlier = [...request.paths];
  const path = earlier.pop() ?? '';
  for (const other of earlier) {
    // Whether it loads is not the question here; where it does, it is in the way of others.
    await describePluginFile(other, { library, logger: () => undefined }).catch(() => undefined);
  }
  const warnings: string[] = [];
  const logger = (_level: string, message: string) => warnings.push(message);
  const description = await describePluginFile(path, { library, logger, nativePlugins: request.trust });
  return { kind: 'loaded', description, warnings };
}

function problem(error: unknown): ProbeAnswer {
  return {
    kind: 'problem',
    message: error instanceof Error ? error.message : String(error),
    code: WasmEdgePluginsError.isInstance(error) ? error.code : undefined,
  };
}
