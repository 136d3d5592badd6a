import type { DefinedPlugin, PluginOptionDefinitions, PluginOptionValues } from '@wasmedge-plugins/core';
import {
  type BackendPluginOptions,
  defineBackendPlugin,
  type OwnSessionPlugin,
} from '@wasmedge-plugins/wasi-nn';
import { describeLibrary, problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { type BackendSettings, ggmlBackend } from './backend.js';
import { findLibrary, identifyLibrary } from './library/find-library.js';
import type { GGMLGpu } from './llama/task-options.js';
import { readNativeConfig } from './options/native-config.js';
import { ggmlReleases } from './platforms.js';
import { type GGMLRelease, newestRelease, releases } from './release.js';
import { createTextSession, type GGMLSession } from './session/session.js';
import type { GGMLSource } from './source.js';

/** Options of {@link ggml}. */
export interface GGMLOptions extends BackendPluginOptions<GGMLSource> {
  /** The release of WasmEdge for whose plug-in the guests were written; see {@link GGMLRelease}. The native plug-in has its own. Default: `0.17`. */
  readonly release?: GGMLRelease | undefined;
  /**
   * What computes besides the processor, if a model's `n-gpu-layers` wants it: `auto` takes what is found, the others fail where they are missing. Each needs an optional
   * package of node-llama-cpp. The native plug-in was built for one of them, or none. Default: `none`.
   */
  readonly gpu?: GGMLGpu | undefined;
  /**
   * Maximum number of tokens of one context. A guest that asks for more gets `too_large`; a context whose size nobody chose is at most so large, and smaller where
   * `maxBytes` leaves less. Default: 4096.
   */
  readonly maxContextSize?: number | undefined;
  /** Maximum number of threads of one computation; a guest that asks for more gets so many. Default: the processors that this process may use. */
  readonly maxThreads?: number | undefined;
}

const defaults: BackendSettings = {
  release: newestRelease,
  gpu: 'none',
  maxContextSize: 4096,
  maxThreads: undefined,
};

const ownOptions = {
  release: {
    type: 'choice',
    choices: releases,
    description: 'the release of WasmEdge for which guests of the GGML plug-in were written',
    flags: [],
  },
  gpu: {
    type: 'choice',
    choices: ['none', 'auto', 'cuda', 'vulkan', 'metal'],
    description: 'what computes language models besides the processor',
    flags: [{ flags: '--nn-ggml-gpu <kind>' }],
  },
  maxContextSize: {
    type: 'integer',
    min: 8,
    max: 2 ** 24,
    default: defaults.maxContextSize,
    description: 'maximum number of tokens of one context of a language model',
    flags: [{ flags: '--nn-ggml-max-context <tokens>' }],
  },
  maxThreads: {
    type: 'integer',
    min: 1,
    max: 1024,
    description: 'maximum number of threads with which a language model computes',
    flags: [],
  },
} as const satisfies PluginOptionDefinitions;

const nativeWarning =
  "WasmEdge's native GGML plug-in computes in this process, where a model or a text on which llama.cpp fails ends it, and the memory of contexts is not counted. Models that guests bring are written to the file ggml-model.bin in the working directory. From 0.15 on the contexts of a model share their memory: tokens that are computed one by one in two of them at a time are wrong.";

function nativeProblem({ release, gpu }: PluginOptionValues<typeof ownOptions>): string | undefined {
  if (release !== undefined) {
    return "the native plug-in answers as the release that it is of; leave out release, or use provider: 'embedded'.";
  }
  if (gpu !== undefined) {
    return "the native plug-in computes on what it was built for; leave out gpu, or use provider: 'embedded'.";
  }
  return undefined;
}

/**
 * The WASI-NN plug-in on llama.cpp: guests load language models of encoding 6 by the names given here.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [ggml({ models: { default: { file: 'model.gguf' } } })] })
 */
export const ggml: DefinedPlugin<
  GGMLOptions,
  OwnSessionPlugin<GGMLSource, GGMLSession>
> = defineBackendPlugin<GGMLSource, typeof ownOptions, GGMLSession>({
  exportedAs: { package: '@wasmedge-plugins/wasi-nn-ggml', from: import.meta.url, export: 'ggml' },
  options: ownOptions,
  backend: ggmlBackend(defaults),
  backendFor: ({ release = defaults.release, gpu = defaults.gpu, ...bounds }) =>
    ggmlBackend({ release, gpu, ...bounds }),
  partNames: ['file'],
  guestModels: () => 'deny',
  createSession: createTextSession,
  unavailable: ({ gpu = defaults.gpu }) => problemOf(() => findLibrary({ gpu })),
  nativeProblem,
  nativeWarning,
  readNativeConfig,
  releases: ggmlReleases,
  libraries: () => [describeLibrary('llama.cpp (node-llama-cpp)', identifyLibrary)],
});
