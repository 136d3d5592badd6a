import { availableParallelism } from 'node:os';
import type { Backend, BackendContext } from '@wasmedge-plugins/wasi-nn';
import { asyncLoader, defineBackend, packageFile } from '@wasmedge-plugins/wasi-nn/kit';
import { findLibrary } from './library/find-library.js';
import type { GGMLGpu, LlamaNews, LlamaTaskOptions } from './llama/task-options.js';
import { optionsOf } from './options/guest-options.js';
import { optionRulesOf } from './read-config.js';
import { type GGMLRelease, newestRelease } from './release.js';

const packageName = '@wasmedge-plugins/wasi-nn-ggml';

/** What the host may choose for the backend. */
export interface BackendSettings {
  readonly release: GGMLRelease;
  readonly gpu: GGMLGpu;
  readonly maxContextSize: number;
  readonly maxThreads: number | undefined;
}

/** Threads where nobody says how many: one processor is left for others, and more than four gain little. */
function defaultThreads(): number {
  return Math.max(1, Math.min(4, availableParallelism() - 1));
}

/** llama.cpp behind WASI-NN. */
export function ggmlBackend(settings: BackendSettings): Backend {
  return defineBackend({
    contractVersion: 1,
    packageName,
    title: 'GGML',
    name: 'ggml',
    encoding: 6,
    encodingNames: ['ggml'],
    opensFiles: true,
    parts: ['its GGUF file'],
    settings: optionsOf(settings.release),
    configRules: optionRulesOf(settings.release),
    open(context) {
      findLibrary({ gpu: settings.gpu });
      return asyncLoader(implementation(settings, context), context, {
        // A model can end the process in which llama.cpp reads it, and a thread that computes there cannot be ended without it.
        isolated: true,
        onTold: (news) => passOn(news as LlamaNews, context),
      });
    },
  });
}

function implementation(settings: BackendSettings, { maxBytes }: BackendContext) {
  const { maxThreads = availableParallelism() } = settings;
  const isSession = maxBytes === undefined;
  const options: LlamaTaskOptions = {
    // Of guests; a session has all options that there are.
    release: isSession ? newestRelease : settings.release,
    gpu: settings.gpu,
    maxContextSize: settings.maxContextSize,
    maxThreads,
    threads: Math.min(maxThreads, defaultThreads()),
    isSession,
  };
  const files = { built: './llama-task.js', source: '../dist/llama-task.js' };
  const moduleUrl = packageFile({ package: packageName, from: import.meta.url, ...files });
  return { moduleUrl, exportName: 'openLlama', options };
}

function passOn(news: LlamaNews, { logger, writeStdout }: BackendContext): void {
  if (news.kind === 'stdout') writeStdout?.(news.bytes);
  else logger(news.level, news.message.trimEnd());
}
