import type { DefinedPlugin, PluginOptionDefinitions } from '@wasmedge-plugins/core';
import {
  type BackendPluginOptions,
  defineBackendPlugin,
  type OwnSessionPlugin,
} from '@wasmedge-plugins/wasi-nn';
import { describeLibrary, problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { type BackendSettings, ggmlBackend } from './backend.js';
import { findLibrary, identifyLibrary } from './library/find-library.js';
import type { GGMLGpu } from './llama/task-options.js';
import { ggmlReleases } from './platforms.js';
import { type GGMLRelease, releases } from './release.js';
import { createTextSession, type GGMLSession } from './session/session.js';
import type { GGMLSource } from './source.js';

/** Options of {@link ggml}. */
export interface GGMLOptions extends Omit<BackendPluginOptions<GGMLSource>, 'provider' | 'nativePath'> {
  /** The release of WasmEdge for whose plug-in the guests were written; see {@link GGMLRelease}. Default: `0.17`. */
  readonly release?: GGMLRelease | undefined;
  /**
   * What computes besides the processor, if a model's `n-gpu-layers` wants it: `auto` takes what is found, the others fail where they are missing. Each needs an optional
   * package of node-llama-cpp. Default: `none`.
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
  release: '0.17',
  gpu: 'none',
  maxContextSize: 4096,
  maxThreads: undefined,
};

const ownOptions = {
  release: {
    type: 'choice',
    choices: releases,
    default: defaults.release,
    description: 'the release of WasmEdge for which guests of the GGML plug-in were written',
    flags: [],
  },
  gpu: {
    type: 'choice',
    choices: ['none', 'auto', 'cuda', 'vulkan', 'metal'],
    default: defaults.gpu,
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
  backendFor: ggmlBackend,
  partNames: ['file'],
  guestModels: () => 'deny',
  createSession: createTextSession,
  unavailable: () => problemOf(findLibrary),
  noNative: "this package does not run WasmEdge's native GGML plug-in; leave out provider.",
  releases: ggmlReleases,
  libraries: () => [describeLibrary('llama.cpp (node-llama-cpp)', identifyLibrary)],
});
