import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** A platform and its settings; the defaults are this process's own. */
export interface PluginHost {
  /** As in `process.platform`. Default: `process.platform`. */
  readonly platform?: NodeJS.Platform;
  /** Environment variables. Default: `process.env`. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. Default: `os.homedir()`. */
  readonly home?: string;
}

/** A file or folder in which native plug-ins are looked for. */
export interface PluginPlace {
  /** The file or folder; it may not exist. */
  readonly path: string;
  /**
   * Why it is searched: an option names it, the variable `WASMEDGE_PLUGIN_PATH` does, it belongs to the libwasmedge, or it is the
   * user's folder, where WasmEdge's installer puts plug-ins.
   */
  readonly source: 'option' | 'variable' | 'library' | 'user';
}

/** The suffix of plug-in file names; WasmEdge does not accept a file without it. */
export function pluginSuffix(platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? '.dll' : platform === 'darwin' ? '.dylib' : '.so';
}

/**
 * The file name of a native plug-in.
 *
 * @param baseName without platform prefix and suffix, for example `wasmedgePluginWasmEdgeProcess`.
 */
export function pluginFileName(baseName: string, platform: NodeJS.Platform = process.platform): string {
  return `${platform === 'win32' ? '' : 'lib'}${baseName}${pluginSuffix(platform)}`;
}

/**
 * Every place where WasmEdge looks for plug-ins, in its order: the variable `WASMEDGE_PLUGIN_PATH`, then the folder that belongs to the
 * library, and last the user's folder. Computed here, since the library ends the process on an empty entry of the variable.
 *
 * @param libraryPath the libwasmedge in use.
 */
export function pluginPlaces(libraryPath: string, host: PluginHost = {}): readonly PluginPlace[] {
  const { platform = process.platform, variables = process.env, home = homedir() } = host;
  const { join, dirname } = platform === 'win32' ? win32 : posix;
  const user = join((platform === 'win32' && variables.USERPROFILE) || home, '.wasmedge', 'plugin');
  const places: PluginPlace[] = [
    ...splitPluginPath(variables.WASMEDGE_PLUGIN_PATH ?? '', platform).map(
      (path): PluginPlace => ({ path, source: 'variable' }),
    ),
    { path: folderOfLibrary(dirname(libraryPath), platform), source: 'library' },
    { path: user, source: 'user' },
  ];
  return places.filter(({ path }, index) => places.findIndex((earlier) => earlier.path === path) === index);
}

/** WasmEdge splits at each colon on every platform; on Windows the colon of a drive letter does not count, and a semicolon splits too. */
function splitPluginPath(value: string, platform: NodeJS.Platform): string[] {
  const separator = platform === 'win32' ? /;|(?<!(?:^|[;:])[a-z])(?::)|:(?![\\/])/i : ':';
  return value.split(separator).filter((entry) => entry !== '');
}

function folderOfLibrary(folder: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') {
    return folder;
  }
  return folder.startsWith('/usr') || folder.startsWith('/lib')
    ? posix.join(folder, 'wasmedge')
    : posix.resolve(folder, '..', 'plugin');
}
