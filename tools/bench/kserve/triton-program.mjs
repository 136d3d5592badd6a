// @ts-check
// Starts a Triton for the bench, by the program that starts those of the tests, and ends it with the channel to the parent.
import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';
import { repositoryRoot } from '../../lib/repository.mjs';

const program = new URL('../../../packages/wasi-nn-kserve/conformance/servers/triton.ts', import.meta.url);

const triton = await (await loadTriton()).start({ models: ['pair', 'identity'] });
process.once('disconnect', () => triton[Symbol.asyncDispose]());
process.send?.({ grpc: triton.grpc, http: triton.http });

/** The program is in TypeScript. */
async function loadTriton() {
  const vite = await createViteServer({
    configFile: false,
    root: repositoryRoot,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, watch: null, hmr: false, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  try {
    const { Triton } = await vite.ssrLoadModule(fileURLToPath(program));
    return Triton;
  } finally {
    await vite.close();
  }
}
