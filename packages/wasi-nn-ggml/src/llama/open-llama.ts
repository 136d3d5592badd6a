import { type AsyncContext, type AsyncLoader, BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { Llama } from 'node-llama-cpp';
import type { GuestConfig } from '../options/guest-options.js';
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
  const llama = await getLlama(options);
  const state = new LlamaState(options, llama, maxBytes, tell);
  const models = new ModelCache(llama);
  return {
    load: ({ parts, config, origin }) =>
      LlamaGraph.load(state, models, new ModelFile(parts[0] as Uint8Array, origin.model === 'host'), config),
    close: () => llama.dispose(),
  };
}

const remedies = {
  processor: 'Install node-llama-cpp again, for this machine and its C library.',
  graphics: 'Install the driver that the option gpu needs, or leave out gpu to compute on the processor.',
} as const;

async function getLlama({ gpu, maxThreads }: LlamaTaskOptions): Promise<Llama> {
  try {
    const library = await import('node-llama-cpp');
    return await library.getLlama({
      gpu: gpu === 'none' ? false : gpu,
      // What is not there is neither built nor fetched.
      build: 'never',
      skipDownload: true,
      progressLogs: false,
      maxThreads,
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
