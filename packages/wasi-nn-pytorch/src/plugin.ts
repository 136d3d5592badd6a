import type { DefinedPlugin } from '@wasmedge-plugins/core';
import {
  type BackendKind,
  type BackendPlugin,
  type BackendPluginOptions,
  defineBackendPlugin,
} from '@wasmedge-plugins/wasi-nn';
import { problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { pytorchBackend } from './backend.js';
import { describeLibraries } from './library/describe-libraries.js';
import { findShim } from './library/find-shim.js';
import { pytorchReleases } from './platforms.js';
import type { PyTorchSource } from './source.js';

/** Options of {@link pytorch}. The default of `guestModels` is `deny` here: a model is a program, and libtorch is not a sandbox. */
export type PyTorchOptions = BackendPluginOptions<PyTorchSource>;

/** This package's description for WASI-NN. */
export const pytorchKind: BackendKind<PyTorchSource> = {
  exportedAs: { package: '@wasmedge-plugins/wasi-nn-pytorch', from: import.meta.url, export: 'pytorch' },
  backend: pytorchBackend,
  partNames: ['file'],
  // A model is a program, and libtorch is not a sandbox.
  guestModels: () => 'deny',
  // Callers from TypeScript see element types; guests that were built for WasmEdge's plug-in take every output for f32.
  sessionConfig: { outputTypes: 'own' },
  unavailable: () => problemOf(findShim),
  nativeWarning:
    "WasmEdge's native PyTorch plug-in crashes this process when a model throws, for example for an input of the wrong shape; it appends the outputs of a second computation to those of the first, and returns transposed outputs in storage order. A nested tuple, None in a tuple, and quantised or sparse outputs crash this process too.",
  releases: pytorchReleases,
  libraries: describeLibraries,
};

/**
 * The WASI-NN plug-in on PyTorch: guests load models of encoding 3, TorchScript, by the names given here, and from their own bytes with
 * `guestModels: 'allow'`.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [pytorch({ models: { digits: { file: 'digits.pt' } } })] })
 */
export const pytorch: DefinedPlugin<PyTorchOptions, BackendPlugin<PyTorchSource>> = defineBackendPlugin(
  pytorchKind,
);
