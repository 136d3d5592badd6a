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
import type { OpenVINOFileSource, OpenVINOSource } from './source.js';

/** Options of {@link openVINO}. The default of `guestModels` is `deny`: OpenVINO is not a sandbox. */
export interface OpenVINOOptions extends BackendPluginOptions<OpenVINOSource> {
  /** Formats of the host's models besides OpenVINO's own; with some, the options are {@link OpenVINOFormatsOptions}. Default: none. */
  readonly formats?: readonly [] | undefined;
}

/** Options of {@link openVINO} whose models may be of other formats. */
export interface OpenVINOFormatsOptions extends BackendPluginOptions<OpenVINOSource | OpenVINOFileSource> {
  /**
   * Formats of the host's models besides OpenVINO's own. Such a model is one file: `{ xml: 'model.onnx' }`, or one path in `preload`. Models of
   * guests are always OpenVINO's own. Only the embedded backend takes them.
   */
  readonly formats: readonly OpenVINOFormat[];
}

/** Makes the plug-in; what it takes as models depends on `formats`. */
export interface OpenVINOPlugin extends DefinedPlugin<OpenVINOOptions, BackendPlugin<OpenVINOSource>> {
  /** @throws {InvalidArgumentError} for an unknown option, an invalid value, or options that are not valid together. */
  (options?: OpenVINOOptions): BackendPlugin<OpenVINOSource>;
  /** @throws {InvalidArgumentError} for an unknown option, an invalid value, or options that are not valid together. */
  (options: OpenVINOFormatsOptions): BackendPlugin<OpenVINOSource | OpenVINOFileSource>;
}

const ownOptions = {
  formats: {
    type: 'custom',
    description: 'formats of the models besides its own',
    read(given: readonly OpenVINOFormat[] = [], { refusal }: OptionReading) {
      const isRight = Array.isArray(given) && given.every((name) => formatNames.includes(name));
      if (!isRight)
        throw refusal(`an array of ${formatNames.map((name) => `'${name}'`).join(' and ')}${meant(given)}`);
      return given;
    },
    flags: [],
  },
} as const satisfies PluginOptionDefinitions;

/** How WASI-NN calls what its users and its files call otherwise. */
function meant(given: unknown): string {
  const isShort = [given].flat().some((name) => name === 'tflite');
  return isShort ? " ('tflite' is called 'tensorflowlite')" : '';
}

const nativeWarning =
  "WasmEdge's native OpenVINO plug-in accepts f32 only; up to 0.14.1 it also treats every input as an image of 224 by 224 pixels.";

/**
 * The WASI-NN plug-in on OpenVINO: guests load models of encoding 0 by the names given here, and from their own bytes with
 * `guestModels: 'allow'`.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [openVINO({ models: { road: { xml: 'road.xml', weights: 'road.bin' } } })] })
 */
export const openVINO: OpenVINOPlugin = defineBackendPlugin<
  OpenVINOSource | OpenVINOFileSource,
  typeof ownOptions
>({
  exportedAs: { package: '@wasmedge-plugins/wasi-nn-openvino', from: import.meta.url, export: 'openVINO' },
  options: ownOptions,
  backend: openVinoBackend([]),
  backendFor: ({ formats }) => openVinoBackend(formats),
  partNames: ['xml', 'weights'],
  // Other formats have one file.
  leastParts: ({ formats }) => (formats.length === 0 ? 2 : 1),
  guestModels: () => 'deny',
  unavailable: () => problemOf(findLibrary),
  nativeProblem: ({ formats }) =>
    formats.length === 0
      ? undefined
      : "the native plug-in reads OpenVINO's own format only; leave out formats, or use provider: 'embedded'.",
  nativeWarning,
  releases: openVinoReleases,
  libraries: () => [describeLibrary('OpenVINO', OpenVinoLibrary.open)],
}) as OpenVINOPlugin;
