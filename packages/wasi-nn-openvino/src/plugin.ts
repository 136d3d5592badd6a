import type { DefinedPlugin } from '@wasmedge-plugins/core';
import {
  type BackendPlugin,
  type BackendPluginOptions,
  defineBackendPlugin,
} from '@wasmedge-plugins/wasi-nn';
import { describeLibrary, problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { openVinoBackend } from './backend.js';
import { findLibrary } from './library/find-library.js';
import { OpenVinoLibrary } from './library/open-vino-library.js';
import { openVinoReleases } from './platforms.js';
import type { OpenVINOSource } from './source.js';

/** Options of {@link openVINO}. The default of `guestModels` is `deny`: OpenVINO is not a sandbox. */
export type OpenVINOOptions = BackendPluginOptions<OpenVINOSource>;

const nativeWarning =
  "WasmEdge's native OpenVINO plug-in accepts f32 only; up to 0.14.1 it also treats every input as an image of 224 by 224 pixels.";

/**
 * The WASI-NN plug-in on OpenVINO: guests load models of encoding 0 by the names given here, and from their own bytes with
 * `guestModels: 'allow'`.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [openVINO({ models: { road: { xml: 'road.xml', weights: 'road.bin' } } })] })
 */
export const openVINO: DefinedPlugin<
  OpenVINOOptions,
  BackendPlugin<OpenVINOSource>
> = defineBackendPlugin<OpenVINOSource>({
  exportedAs: { package: '@wasmedge-plugins/wasi-nn-openvino', from: import.meta.url, export: 'openVINO' },
  backend: openVinoBackend,
  partNames: ['xml', 'weights'],
  guestModels: () => 'deny',
  unavailable: () => problemOf(findLibrary),
  nativeWarning,
  releases: openVinoReleases,
  libraries: () => [describeLibrary('OpenVINO', OpenVinoLibrary.open)],
});
