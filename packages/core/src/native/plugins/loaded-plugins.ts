import { inspectPluginFile } from '../../plugin-file/inspect-plugin-file.js';
import { pluginSuffix } from '../../plugin-file/plugin-places.js';
import type { VerificationMethod } from '../../plugin-trust/verify-plugin.js';
import { koffi } from '../koffi.js';
import type { Library } from '../library.js';
import type { LoadedDescriptor } from './loaded-descriptor.js';
import { readDescriptors } from './loaded-descriptor.js';
import type { OpenedFile } from './open-plugin-file.js';
import { originOfCopy } from './private-copy.js';

/** A plug-in that this thread put into a libwasmedge, or found there. */
export interface LoadedPlugin {
  /** The file that was asked for. */
  readonly path: string;
  /** The file that is loaded: the same, or a private copy of it that was verified. */
  readonly file: string;
  /** Held, since koffi unloads a library as soon as its object is collected: the descriptor would be gone before WasmEdge has the file. */
  readonly opened: OpenedFile;
  readonly descriptor: LoadedDescriptor;
  /** What vouches for it; empty when nothing was asked for. */
  readonly verifiedBy: readonly VerificationMethod[];
}

// The registry belongs to the process: nothing in it is ever unloaded, and the first plug-in of a name stays.
const byLibrary = new Map<string, Map<string, LoadedPlugin>>();

/** The plug-ins of a libwasmedge by name, as far as this thread knows. */
export function loadedPlugins({ path }: Library): Map<string, LoadedPlugin> {
  let plugins = byLibrary.get(path);
  if (plugins === undefined) {
    plugins = new Map();
    byLibrary.set(path, plugins);
  }
  return plugins;
}

/** A file of the process that has the plug-in of a name, whoever loaded it. */
export function findLoadedFile(
  name: string,
): { readonly file: string; readonly path: string; readonly sha256: string } | undefined {
  const report = process.report?.getReport() as { readonly sharedObjects?: readonly string[] } | undefined;
  for (const file of report?.sharedObjects ?? []) {
    if (file.endsWith(pluginSuffix()) && isPlugin(file)) {
      if (namesIn(file).includes(name)) {
        return { file, ...(originOfCopy(file) ?? { path: file, sha256: '' }) };
      }
    }
  }
  return undefined;
}

function namesIn(file: string): readonly string[] {
  try {
    return readDescriptors(koffi.load(file, { lazy: true }), file).map((entry) => entry.name);
  } catch {
    // WasmEdge took it from another thread, or not at all; it has no name that is asked for.
    return [];
  }
}

function isPlugin(file: string): boolean {
  try {
    return inspectPluginFile(file).descriptor !== undefined;
  } catch {
    return false;
  }
}
