import { pluginPlaces } from '../plugin-file/plugin-places.js';
import { prepareImport } from '../prepare-import.js';

/** A libwasmedge on this machine. */
export interface WasmEdgeInstallation {
  /** Its file, with every link followed. */
  readonly path: string;
  /** As the library reports it, for example `0.14.1`. */
  readonly version: string;
  /** Folders in which its native plug-ins are looked for, in order. */
  readonly pluginPlaces: readonly string[];
  /** Whether it was built with its compiler (LLVM), so that guests can run as native code. */
  readonly hasCompiler: boolean;
}

/**
 * Finds and loads the libwasmedge that a runtime would use.
 *
 * @param library the same as the option `library` of `createRuntime`, with the same default: the variable `WASMEDGE_LIBRARY`, then the usual places.
 * @throws {LibraryNotFoundError} when there is none; the message lists the places and the command that installs it.
 * @throws {LibraryVersionError} when its version is not 0.14 to 0.17.
 */
export async function findWasmEdge(library?: string): Promise<WasmEdgeInstallation> {
  prepareImport();
  const [{ openLibrary }, { hasCompiler }] = await Promise.all([
    import('./library.js'),
    import('./has-compiler.js'),
  ]);
  const opened = openLibrary(library);
  const { path, version } = opened;
  const places = pluginPlaces(path).map((place) => place.path);
  return { path, version, pluginPlaces: places, hasCompiler: hasCompiler(opened) };
}
