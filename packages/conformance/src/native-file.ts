import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ConformanceError } from './errors.js';

/** The variable that names a folder of released native plug-ins. */
export const nativePluginsVariable = 'WASMEDGE_NATIVE_PLUGINS';

/**
 * Looks below `folder`, at any depth, for the files of a native plug-in.
 *
 * @param fileName without platform prefix and suffix, for example `wasmedgePluginWasmEdgeProcess`.
 * @throws {ConformanceError} when `folder` cannot be read.
 */
export function findNativeFiles(folder: string, fileName: string): readonly string[] {
  const wanted = [`lib${fileName}.so`, `lib${fileName}.dylib`, `${fileName}.dll`];
  let entries: string[];
  try {
    entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (cause) {
    throw new ConformanceError(
      `${nativePluginsVariable} names ${folder}, which cannot be read; name a folder of plug-ins or unset it.`,
      { cause },
    );
  }
  return entries
    .filter((entry) => wanted.includes(basename(entry)))
    .map((entry) => join(folder, entry))
    .sort()
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());
}
