import {
  NativePluginBackendTakenError,
  NativePluginInvalidError,
  NativePluginLoadError,
  NativePluginNameTakenError,
} from '../../errors/native-plugin-errors.js';
import { UnsupportedByEngineError } from '../../errors/runtime-errors.js';
import type { Logger } from '../../logger/logger.js';
import type { NativePluginRequest, Plugin } from '../../plugin/plugin.js';
import { pluginApiVersion } from '../../plugin-file/api-version.js';
import {
  inspectPluginBytes,
  type PluginInspection,
  readPluginFile,
} from '../../plugin-file/inspect-plugin-file.js';
import { thisMachine } from '../../plugin-file/library-search.js';
import { invalidPlugin, wrongApiVersion, wrongArchitecture } from '../../plugin-file/plugin-problems.js';
import type { Trust } from '../../plugin-trust/trust.js';
import { pluginPackages } from '../../register/plugin-packages.js';
import { isLoaded, shareSymbols } from '../keep-loaded.js';
import type { Library } from '../library.js';
import { listStrings } from '../list-strings.js';
import { findNativePlugin } from './find-native-plugin.js';
import { type LoadedDescriptor, readDescriptors, requireSound } from './loaded-descriptor.js';
import { findLoadedFile, type LoadedPlugin, loadedPlugins } from './loaded-plugins.js';
import { openPluginFile } from './open-plugin-file.js';
import { setPluginOptions } from './plugin-options.js';
import { requireSurvivable } from './probe-plugin.js';
import { requireTrusted, trustedFile } from './trusted-file.js';

/**
 * Loads a native plug-in into the process and sets its options. WasmEdge tells nothing when it drops a file, so everything is looked at
 * before, and its list of plug-ins is compared before and after.
 *
 * @throws {NativePluginNotFoundError} when there is no such file.
 * @throws {NativePluginInvalidError} when the file is not a plug-in.
 * @throws {NativePluginArchitectureError} when it is for another platform or processor.
 * @throws {NativePluginUnverifiedError} when it is not to be trusted.
 * @throws {NativePluginVersionError} when it is for another plug-in API.
 * @throws {NativePluginDependencyError} when something that it needs is missing.
 * @throws {NativePluginNameTakenError} when the process has another plug-in of its name.
 * @throws {NativePluginBackendTakenError} when that is another WASI-NN backend.
 * @throws {NativePluginLoadError} when it did not load for another reason.
 */
export function loadNativePlugin(
  library: Library,
  plugin: Plugin,
  trust: Trust,
  logger: Logger,
): LoadedPlugin {
  const request = plugin.native;
  if (request === undefined) {
    throw new UnsupportedByEngineError(
      `The plug-in ${plugin.name} has no native provider; use provider: 'embedded'.`,
    );
  }
  const path = findNativePlugin(plugin.name, request, library);
  const name = request.anyName === true ? undefined : plugin.name;
  const earlier = earlierPlugin(library, name, path);
  const loaded =
    earlier === undefined
      ? load(library, name, path, request, trust, logger)
      : { ...earlier, verifiedBy: requireTrusted(earlier, request, trust, logger) };
  if (earlier === undefined) {
    loadedPlugins(library).set(loaded.descriptor.name, loaded);
    if (request.warning !== undefined) {
      logger('warn', request.warning);
    }
  }
  setPluginOptions(library, loaded, request.options);
  return loaded;
}

/** What this thread loaded before: the same file, or a reason not to load it. */
function earlierPlugin(library: Library, name: string | undefined, path: string): LoadedPlugin | undefined {
  const plugins = loadedPlugins(library);
  if (name === undefined) {
    return [...plugins.values()].find((entry) => entry.path === path);
  }
  const earlier = plugins.get(name);
  if (earlier !== undefined && earlier.path !== path) {
    throw taken(name, earlier.path, path);
  }
  return earlier;
}

function load(
  library: Library,
  wantedName: string | undefined,
  path: string,
  request: NativePluginRequest,
  trust: Trust,
  logger: Logger,
): LoadedPlugin {
  const bytes = readPluginFile(path);
  const inspection = inspectPluginBytes(path, bytes, thisMachine(library.path));
  throwFirst(invalidPlugin(inspection), wrongArchitecture(inspection));
  const { declared } = inspection;
  if (declared.name !== undefined) {
    requireName(declared.name, wantedName, path);
  }
  const name = wantedName ?? declared.name;
  const trusted = trustedFile({ path, bytes }, inspection, name, request, trust, logger);
  let { file } = trusted;
  throwFirst(wrongApiVersion(path, declared.apiVersion, library));

  const before = pluginNames(library);
  const present = name !== undefined && before.includes(name) ? name : undefined;
  if (present !== undefined && isLoaded(file) === false) {
    file = sameFileElsewhere(present, inspection);
  }
  // Another thread may have loaded it already.
  if (inspection.isDoubtful && trusted.verifiedBy.length === 0 && isLoaded(file) !== true) {
    requireSurvivable(library.path, file, inspection, request.options);
  }
  shareSymbols(library.path);
  const opened = openPluginFile(file, inspection, logger);
  const descriptor = chooseDescriptor(readDescriptors(opened, path), library, path);
  requireName(descriptor.name, wantedName, path);
  requireSound(descriptor);
  const isTaken = before.includes(descriptor.name);
  const taker = present === undefined && isTaken ? findLoadedFile(descriptor.name) : undefined;
  if (present === undefined && isTaken && taker?.file !== file) {
    throw taken(descriptor.name, taker?.path, path);
  }
  if (!isTaken) {
    library.c.PluginLoadFromPath(file);
    requirePresence(library, descriptor.name, path);
  }
  return { path, file, opened, descriptor, verifiedBy: trusted.verifiedBy };
}

/** The file that another thread loaded, when it is what was asked for; it may have verified a copy of it. */
function sameFileElsewhere(name: string, { path, sha256 }: PluginInspection): string {
  const other = findLoadedFile(name);
  if (other?.path === path && other.sha256 === sha256) {
    return other.file;
  }
  throw taken(name, other?.path, path);
}

/** WasmEdge takes the first descriptor of its version. */
function chooseDescriptor(
  descriptors: readonly LoadedDescriptor[],
  library: Library,
  path: string,
): LoadedDescriptor {
  const [first] = descriptors;
  if (first === undefined) {
    throw new NativePluginInvalidError(
      `${path} is not a native plug-in: it returns no descriptor. Report this to its author, or use provider: 'embedded'.`,
    );
  }
  const fitting = descriptors.find(({ apiVersion }) => apiVersion === pluginApiVersion(library.version));
  if (fitting === undefined) {
    throwFirst(wrongApiVersion(path, first.apiVersion, library));
  }
  return fitting ?? first;
}

function requireName(found: string, wanted: string | undefined, path: string): void {
  if (wanted !== undefined && found !== wanted) {
    throw new NativePluginLoadError(
      `${path} should be the native plug-in ${wanted}, but contains ${found}. Name the right file.`,
    );
  }
}

function requirePresence(library: Library, name: string, path: string): void {
  if (!pluginNames(library).includes(name)) {
    throw new NativePluginLoadError(
      `The native plug-in ${name} did not load from ${path} into libwasmedge ${library.version}, which silently ignored it. Use the release for ${library.version}, or use provider: 'embedded'.`,
    );
  }
}

function throwFirst(...errors: readonly (Error | undefined)[]): void {
  const first = errors.find((error) => error !== undefined);
  if (first !== undefined) {
    throw first;
  }
}

function pluginNames({ c }: Library): readonly string[] {
  return listStrings(c.PluginListPluginsLength(), (address, count) => c.PluginListPlugins(address, count));
}

function taken(
  plugin: string,
  earlier: string | undefined,
  path: string,
): NativePluginNameTakenError | NativePluginBackendTakenError {
  const takenBy = earlier ?? 'another file';
  const backend = pluginPackages.find((entry) => entry.name === plugin && entry.backend !== undefined);
  return backend !== undefined
    ? new NativePluginBackendTakenError(
        `The native ${backend.title} backend ${path} cannot be loaded: this process has already loaded another one, from ${takenBy}, and a process can load only one. Use provider: 'embedded' for one of them, or placement: 'process' for its runtime.`,
        { takenBy },
      )
    : new NativePluginNameTakenError(
        `A plug-in named ${plugin} is already loaded in this process, from ${takenBy}; ${path} cannot replace it. Use placement: 'process' for the runtime of the other one.`,
        { plugin, takenBy },
      );
}
