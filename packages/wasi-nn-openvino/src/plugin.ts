import type { DefinedPlugin, OptionReading, PluginOptionDefinitions } from '@wasmedge-plugins/core';
import {
  type BackendPlugin,
  type BackendPluginOptions,
  defineBackendPlugin,
} from '@wasmedge-plugins/wasi-nn';
import { describeLibrary, problemOf } from '@wasmedge-plugins/wasi-nn/kit';
import { openVinoBackend } from './backend.js';
import { formatNames, type OpenVINOFormat } from './format.js';
import { findLibrary } from './library/find-library.js';
import { OpenVinoLibrary } from './library/open-vino-library.js';
import { openVinoReleases } from './platforms.js';
import type { OpenVINOSource } from './source.js';

/** Options of {@link openVINO}. The default of `guestModels` is `deny`: OpenVINO is not a sandbox. */
export interface OpenVINOOptions extends BackendPluginOptions<OpenVINOSource> {
  /**
   * Formats of the host's models besides OpenVINO's own. Such a model is one file: `{ xml: 'model.onnx', weights: new Uint8Array() }`, or one path in `preload`. Models of
   * guests are always OpenVINO's own. Only the embedded backend takes them. Default: none.
   */
  readonly formats?: readonly OpenVINOFormat[] | undefined;
}

const ownOptions = {
  formats: {
    type: 'custom',
    description: 'formats of the models besides its own',
    read(given: readonly OpenVINOFormat[] = [], { refusal }: OptionReading) {
      const isRight = Array.isArray(given) && given.every((name) => formatNames.includes(name));
      if (!isRight) throw refusal(`an array of ${formatNames.map((name) => `'${name}'`).join(' and ')}`);
      return given;
    },
    flags: [],
  },
} as const satisfies PluginOptionDefinitions;

const nativeWarning =
  "WasmEdge's native OpenVINO plug-in accepts f32 only; up to 0.14.1 it also treats every input as an image of 224 by 224 pixels.";

/**
 * The WASI-NN plug-in on OpenVINO: guests load models of encoding 0 by the names given here, and from their own bytes with
 * `guestModels: 'allow'`.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [openVINO({ models: { road: { xml: 'road.xml', weights: 'road.bin' } } })] })
 */
export const openVINO: DefinedPlugin<OpenVINOOptions, BackendPlugin<OpenVINOSource>> = defineBackendPlugin<
  OpenVINOSource,
  typeof ownOptions
>({
  exportedAs: { package: '@wasmedge-plugins/wasi-nn-openvino', from: import.meta.url, export: 'openVINO' },
  options: ownOptions,
  backend: openVinoBackend([]),
  backendFor: ({ formats }) => openVinoBackend(formats),
  partNames: ['xml', 'weights'],
  guestModels: () => 'deny',
  unavailable: () => problemOf(findLibrary),
  nativeProblem: ({ formats }) =>
    formats.length === 0
      ? undefined
      : "the native plug-in reads OpenVINO's own format only; leave out formats, or use provider: 'embedded'.",
  nativeWarning,
  releases: openVinoReleases,
  libraries: () => [describeLibrary('OpenVINO', OpenVinoLibrary.open)],
});
