import { fileURLToPath } from 'node:url';
import { type PluginDefinition, pluginPackages } from '@wasmedge-plugins/core';
import { type BackendKind, partsOf, type SourceKind } from '../backend-kind.js';
import type { BackendValues, backendOptions } from '../backend-options.js';
import type { ModelPart } from '../model-part.js';
import { combineLimits } from '../nn-limits.js';
import type { NativeConfigReader } from './native-config.js';
import { nativeFileName, otherBackend } from './native-file.js';
import { nativeNnGuard } from './native-guard.js';

/** What of a kind the native plug-in is asked for by. */
type NativeKind = SourceKind &
  Pick<BackendKind<never>, 'mayLackTensors'> & { readonly nativeWarning: string };

/** What depends on the values of a backend's own options. */
interface NativeRules {
  /** What the option `guestModels` is where it was not given. */
  guestModelsOf(values: BackendValues): 'allow' | 'deny';
  /** See `BackendKind`. */
  configReaderOf(values: BackendValues): NativeConfigReader | undefined;
}

/** The native WASI-NN plug-in, told which models guests may load by name. */
export function nativeDefinition(
  kind: NativeKind,
  encoding: number,
  { guestModelsOf, configReaderOf }: NativeRules,
): NonNullable<PluginDefinition<ReturnType<typeof backendOptions>>['native']> {
  const { encodingNames } = kind.backend;
  return {
    fileName: nativeFileName,
    backend: pluginPackages.find(({ encodings }) => encodings.some((name) => encodingNames.includes(name)))
      ?.backend,
    refuse: (path) => otherBackend(path, encoding),
    warning: kind.nativeWarning,
    options: ({ models, preload }) => ({
      'nn-preload': [
        ...Object.entries(models).map(([name, source]) =>
          [name, encodingNames[0], source.target ?? 'cpu', ...partsOf(kind, source).map(pathOf)].join(':'),
        ),
        ...preload.map(({ text }) => text),
      ],
    }),
    guard: (values) =>
      nativeNnGuard({
        encoding,
        files: new Map([
          ...values.preload.map(({ name, paths }) => [name, paths] as const),
          ...Object.entries(values.models).map(
            ([name, source]) => [name, partsOf(kind, source).map(pathOf)] as const,
          ),
        ]),
        mayLackTensors: (parts) => kind.mayLackTensors?.(parts) ?? false,
        guestModels: values.guestModels ?? guestModelsOf(values),
        limits: combineLimits([values]),
        readConfig: configReaderOf(values),
      }),
  };
}

/** What the native plug-in cannot be told of the models; `undefined` when there is nothing. */
export function nativeProblem(
  kind: SourceKind,
  { models, preload }: Pick<BackendValues, 'models' | 'preload'>,
): string | undefined {
  for (const [name, source] of Object.entries(models)) {
    if (source.config !== undefined) {
      return `the native plug-in does not take config for models.${name}; let the guest pass it, or use provider: 'embedded'.`;
    }
    for (const part of partsOf(kind, source)) {
      if (part instanceof Uint8Array) {
        return `the native plug-in reads models from files, but a part of models.${name} is bytes; pass its path.`;
      }
      // The form divides at every colon, and WasmEdge cannot have one inside a path.
      if (process.platform !== 'win32' && pathOf(part).includes(':')) {
        return `the path ${pathOf(part)} of models.${name} must not contain a colon.`;
      }
    }
  }
  // Of a backend that opens its one file itself, WasmEdge puts the path together again.
  const divided =
    process.platform === 'win32' || kind.backend.opensFiles === true
      ? undefined
      : preload.find(({ paths }) => paths.some((path) => path.includes(':')));
  if (divided !== undefined) return `the path of "${divided.text}" must not contain a colon.`;
  return undefined;
}

function pathOf(part: ModelPart): string {
  return part instanceof URL ? fileURLToPath(part) : String(part);
}
