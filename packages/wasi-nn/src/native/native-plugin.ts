import { fileURLToPath } from 'node:url';
import {
  combinePlugins,
  InvalidArgumentError,
  type Plugin,
  UnsupportedByEngineError,
} from '@wasmedge-plugins/core';
import { nnModuleName, nnPluginName } from '../abi.js';
import { type BackendKind, partsOf } from '../backend-kind.js';
import type { BackendPluginOptions, ModelSource } from '../backend-plugin-options.js';
import { combineParts } from '../combine-parts.js';
import { embeddedNnPlugin } from '../embedded-plugin.js';
import type { ModelPart } from '../model-part.js';
import { combineLimits } from '../nn-limits.js';
import { parsePreload } from '../preload.js';
import { nativeFileName } from './native-file.js';
import { nativeNnGuard } from './native-guard.js';

/** The native WASI-NN plug-in, told which models guests may load by name. */
export function nativeNnPlugin<Source extends ModelSource>(
  kind: BackendKind<Source>,
  options: BackendPluginOptions<Source>,
): Plugin {
  const { models = {}, preload = [], nativePath, guestModels = 'deny' } = options;
  const files = new Map<string, readonly string[]>();
  for (const text of preload) {
    const { name, paths } = parsePreload(text, [kind.backend]);
    files.set(name, paths);
  }
  const [encoding = ''] = kind.backend.encodingNames;
  const named = Object.entries(models).map(([name, source]) => {
    if (source.config !== undefined) {
      throw new InvalidArgumentError(
        `${kind.caller}(): the native plug-in takes no config for models.${name}; the guest gives it, or use provider: 'embedded'.`,
      );
    }
    const paths = partsOf(kind, source).map((part) => pathOf(kind.caller, name, part));
    files.set(name, paths);
    return [name, encoding, source.target ?? 'cpu', ...paths].join(':');
  });
  return {
    name: nnPluginName,
    provider: 'native',
    moduleNames: [nnModuleName],
    create() {
      throw new UnsupportedByEngineError("The plug-in was made with provider: 'native'.");
    },
    native: {
      fileName: nativeFileName,
      path: nativePath,
      options: { 'nn-preload': [...named, ...preload] },
      warning: kind.nativeWarning,
      guard: nativeNnGuard({
        encoding: kind.backend.encoding,
        files,
        mayLackTensors: (parts) => kind.mayLackTensors?.(parts) ?? false,
        guestModels,
        limits: combineLimits([options]),
      }),
    },
    // Says that nothing fits beside it.
    [combinePlugins]: (plugins) => embeddedNnPlugin(combineParts(plugins)),
  };
}

function pathOf(caller: string, name: string, part: ModelPart): string {
  if (part instanceof Uint8Array) {
    throw new InvalidArgumentError(
      `${caller}(): the native plug-in reads models from files, and a part of models.${name} is bytes; give its path.`,
    );
  }
  const path = part instanceof URL ? fileURLToPath(part) : part;
  // The form divides at every colon, and WasmEdge cannot have one inside a path.
  if (process.platform !== 'win32' && path.includes(':')) {
    throw new InvalidArgumentError(
      `${caller}(): the path ${path} of models.${name} must not contain a colon.`,
    );
  }
  return path;
}
