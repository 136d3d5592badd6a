import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

/** The file name of a native plug-in on this platform. */
export function pluginFileName(baseName: string): string {
  switch (process.platform) {
    case 'win32':
      return `${baseName}.dll`;
    case 'darwin':
      return `lib${baseName}.dylib`;
    default:
      return `lib${baseName}.so`;
  }
}

/**
 * Folders and files where WasmEdge looks for plug-ins, in its order: the variable `WASMEDGE_PLUGIN_PATH`, then the folder that belongs
 * to the library; and the folder of its installer. Computed here, because the library aborts the process on an empty entry of the
 * variable.
 */
export function pluginPlaces(libraryPath: string): readonly string[] {
  const named = (process.env.WASMEDGE_PLUGIN_PATH ?? '').split(delimiter).filter((entry) => entry !== '');
  const folder = dirname(libraryPath);
  const ofLibrary = /^\/(usr|lib)\//.test(folder)
    ? join(folder, 'wasmedge')
    : resolve(folder, '..', 'plugin');
  return [...named, ofLibrary, join(homedir(), '.wasmedge', 'plugin')];
}
