import { realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { checkOptionNames } from '../../options/check-option-names.js';
import { findPlugins } from '../../plugin-file/find-plugins.js';
import { pluginFileName } from '../../plugin-file/plugin-places.js';
import { findLibrary } from '../find-library.js';

/** Which files {@link findNativePluginFiles} looks for. */
export interface FindNativePluginOptions {
  /** File name without platform prefix and suffix, for example `wasmedgePluginWasiNN`. */
  readonly fileName: string;
  /** The libwasmedge whose places are searched. Default: the one that a runtime would use. */
  readonly library?: string | undefined;
}

/**
 * Every file of that name where a runtime would look for it, in order; nothing is loaded. None if there is no libwasmedge.
 *
 * @throws {InvalidArgumentError} for an option that does not exist.
 */
export function findNativePluginFiles(options: FindNativePluginOptions): readonly string[] {
  checkOptionNames<FindNativePluginOptions>('findNativePluginFiles()', options, {
    fileName: true,
    library: true,
  });
  const { fileName, library } = options;
  const wanted = pluginFileName(fileName);
  const found = libraryPath(library);
  return found === undefined
    ? []
    : findPlugins({ library: found })
        .map(({ path }) => path)
        .filter((path) => basename(path) === wanted);
}

function libraryPath(library: string | undefined): string | undefined {
  try {
    return realpathSync.native(findLibrary(library));
  } catch {
    return undefined;
  }
}
