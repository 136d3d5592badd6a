import { createRuntime, findWasmEdge, type Plugin, WasmEdgePluginsError } from '@wasmedge-plugins/core';
import type { ProbeAnswer, ProbeRequest } from './probe-message.js';

process.once('message', async (request: ProbeRequest) => {
  const answer = await tryIt(request).catch(problem);
  // The process ends by itself, so that a crash at its end shows.
  process.send?.(answer, () => process.disconnect());
});

async function tryIt(request: ProbeRequest): Promise<ProbeAnswer> {
  if (request.kind === 'library') {
    return { kind: 'library', installation: await findWasmEdge() };
  }
  const { name, fileName } = request;
  const plugin: Plugin = {
    name,
    provider: 'native',
    moduleNames: [],
    create: () => ({ modules: [] }),
    native: { fileName, options: {} },
  };
  using runtime = await createRuntime({ plugins: [plugin] });
  return { kind: 'plugin', path: runtime.report().plugins[0]?.path };
}

function problem(error: unknown): ProbeAnswer {
  return {
    kind: 'problem',
    message: error instanceof Error ? error.message : String(error),
    code: WasmEdgePluginsError.isInstance(error) ? error.code : undefined,
  };
}
