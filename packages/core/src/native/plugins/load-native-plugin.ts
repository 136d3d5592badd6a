import { realpathSync } from 'node:fs';
import { NativePluginLoadError } from '../../errors/native-plugin-load-error.js';
import { UnsupportedByEngineError } from '../../errors/unsupported-by-engine-error.js';
import type { Plugin } from '../../plugin/plugin.js';
import type { Logger } from '../../runtime/logger.js';
import { isLoaded, shareSymbols } from '../keep-loaded.js';
import type { Library } from '../library.js';
import type { Pointer } from '../native-functions.js';
import { findNativePlugin } from './find-native-plugin.js';
import { listStrings, readString } from './list-strings.js';
import { setPluginOptions } from './plugin-options.js';

/** Files by plug-in name: the registry belongs to the process, nothing in it is ever unloaded, and the first of a name stays. */
const loadedFiles = new Map<string, string>();

/**
 * Loads a native plug-in into the process and sets its options. WasmEdge tells nothing when it drops a file, so its list of plug-ins
 * is compared before and after.
 *
 * @returns the path of the file.
 * @throws {NativePluginNotFoundError} when there is no such file.
 * @throws {NativePluginLoadError} when WasmEdge did not take it.
 */
export function loadNativePlugin(library: Library, plugin: Plugin, logger: Logger): string {
  const request = plugin.native;
  if (request === undefined) {
    throw new UnsupportedByEngineError(
      `The plug-in ${plugin.name} has no native provider; use provider: 'embedded'.`,
    );
  }
  const path = realpathSync(findNativePlugin(plugin.name, request, library.path));
  const key = `${library.path} ${plugin.name}`;
  const earlier = loadedFiles.get(key);
  if (earlier !== undefined && earlier !== path) {
    throw alreadyLoaded(plugin.name, earlier, path);
  }
  if (earlier === undefined) {
    const before = pluginNames(library);
    if (before.includes(plugin.name) && isLoaded(path) === false) {
      throw alreadyLoaded(plugin.name, 'another file', path);
    }
    shareSymbols(library.path);
    library.c.PluginLoadFromPath(path);
    const after = pluginNames(library);
    if (!after.includes(plugin.name)) {
      throw new NativePluginLoadError(
        notTaken(
          plugin.name,
          path,
          library,
          after.filter((name) => !before.includes(name)),
          request.releaseNote,
        ),
      );
    }
    loadedFiles.set(key, path);
    if (request.warning !== undefined) {
      logger('warn', request.warning);
    }
  }
  setPluginOptions(library, plugin.name, path, request.options);
  return path;
}

/** Makes an instance of every module of a loaded plug-in; the caller owns them and deletes them after its store. */
export function createPluginModules(
  library: Library,
  pluginName: string,
): readonly { readonly name: string; readonly instance: Pointer }[] {
  const { c, strings } = library;
  const plugin = Number(c.PluginFind(strings.pass(pluginName)));
  const names = listStrings(c.PluginListModuleLength(plugin), (address, count) =>
    c.PluginListModule(plugin, address, count),
  );
  return names.map((moduleName) => {
    const instance = Number(c.PluginCreateModule(plugin, strings.pass(moduleName)));
    if (instance === 0) {
      throw new NativePluginLoadError(
        `The native plug-in ${pluginName} could not make its module ${moduleName}: it refused without telling why. Check that what it needs is installed, or use provider: 'embedded'.`,
      );
    }
    const name = c.ModuleInstanceGetModuleName(instance);
    return { name: readString(name.Length, Number(name.Buf)), instance };
  });
}

function pluginNames({ c }: Library): readonly string[] {
  return listStrings(c.PluginListPluginsLength(), (address, count) => c.PluginListPlugins(address, count));
}

function alreadyLoaded(name: string, earlier: string, path: string): NativePluginLoadError {
  return new NativePluginLoadError(
    `A plug-in named ${name} is already loaded in this process, from ${earlier}; ${path} cannot replace it. Use a process of its own for the other one.`,
  );
}

function notTaken(
  name: string,
  path: string,
  library: Library,
  others: readonly string[],
  releaseNote: string | undefined,
): string {
  const found =
    others.length === 0
      ? 'WasmEdge dropped it without a word: the file is no plug-in, lacks a library it needs, or was built for another version'
      : `the file contains ${others.join(', ')} instead`;
  return `The native plug-in ${name} did not load from ${path} into libwasmedge ${library.version}: ${found}. ${releaseNote === undefined ? '' : `${releaseNote} `}Check it with ldd, use the release of ${library.version}, or use provider: 'embedded'.`;
}
