import { type AsyncContext, type AsyncLoader, BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { Llama, LlamaNuma } from 'node-llama-cpp';
import type { GuestConfig } from '../options/guest-options.js';
import { numaPolicies } from '../options/numa-policies.js';
import { LlamaGraph } from './llama-graph.js';
import { LlamaState } from './llama-state.js';
import { ModelCache } from './model-cache.js';
import { ModelFile } from './model-file.js';
import type { LlamaTaskOptions } from './task-options.js';

/** llama.cpp in the process that calls this. */
export async function openLlama(
  options: LlamaTaskOptions,
  { maxBytes, tell = () => {} }: AsyncContext,
): Promise<AsyncLoader<GuestConfig>> {
  let opened: Promise<ModelCache> | undefined;
  // The first model says how the memory of all is spread, as in WasmEdge.
  const open = async (config: GuestConfig) => {
    const llama = await getLlama(options, numaPolicies.get(config.numa ?? 0) ?? false);
    return new ModelCache(new LlamaState(options, llama, maxBytes, tell));
  };
  return {
    async load({ parts, config, origin }) {
      opened ??= open(config).catch((error: unknown) => {
        // What was missing may be there for the next model.
        opened = undefined;
        throw error;
      });
      const file = new ModelFile(parts[0] as Uint8Array, origin.model === 'host');
      return LlamaGraph.load(await opened, file, config);
    },
    async close() {
      const models = await opened?.catch(() => undefined);
      await models?.state.llama.dispose();
    },
  };
}

const remedies = {
  processor: 'Install node-llama-cpp again, for this machine and its C library.',
  graphics: 'Install the driver that the option gpu needs, or leave out gpu to compute on the processor.',
} as const;

async function getLlama({ gpu, maxThreads }: LlamaTaskOptions, numa: LlamaNuma): Promise<Llama> {
  try {
    const library = await import('node-llama-cpp');
    return await library.getLlama({
      gpu: gpu === 'none' ? false : gpu,
      // What is not there is neither built nor fetched.
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      maxThreads,
      numa,
      logLevel: library.LlamaLogLevel.warn,
      logger: () => {},
    });
  } catch (error) {
    throw new BackendFailure(
      'runtime_error',
      `llama.cpp is installed and cannot be loaded: ${(error as Error).message}\n${remedies[gpu === 'none' ? 'processor' : 'graphics']}`,
    );
  }
}
