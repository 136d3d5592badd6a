import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { howToGetPlugin } from '../../availability/how-to-get.js';
import { NativePluginNotFoundError } from '../../errors/native-plugin-errors.js';
import type { NativePluginRequest } from '../../plugin/plugin.js';
import { type FoundPlugin, findPlugins } from '../../plugin-file/find-plugins.js';
import { inspectPluginFile } from '../../plugin-file/inspect-plugin-file.js';
import { pluginFileName, pluginPlaces, pluginSuffix } from '../../plugin-file/plugin-places.js';
import type { Library } from '../library.js';

/**
 * The file of a native plug-in.
 *
 * @throws {NativePluginNotFoundError} with every place that was searched.
 */
export function findNativePlugin(
  pluginName: string,
  request: NativePluginRequest,
  library: Pick<Library, 'path' | 'version'>,
): string {
  const { path, fileName, backend } = request;
  const found = path === undefined ? findPlugins({ library: library.path }) : findPlugins({ paths: [path] });
  const wanted = fileName === undefined ? undefined : pluginFileName(fileName);
  const candidates = found
    .filter(
      (entry) =>
        entry.path === path ||
        basename(entry.path) === wanted ||
        (wanted === undefined && declares(entry, pluginName)),
    )
    .map((entry) => ({ path: entry.path, other: request.refuse?.(entry.path) }));
  const match = candidates.find(({ other }) => other === undefined);
  if (match !== undefined) {
    return canonicalPath(match.path);
  }
  if (candidates.length > 0) {
    throw new NativePluginNotFoundError(
      [
        `The native plug-in ${pluginName} that is wanted was not found; these files are others:`,
        ...candidates.map((each) => `  ${each.path} is ${each.other}`),
        "Name the right file with the plug-in's option nativePath, use the package that the file is for, or use provider: 'embedded'.",
      ].join('\n'),
      { places: candidates.map((each) => each.path) },
    );
  }
  const places = path === undefined ? pluginPlaces(library.path).map((place) => place.path) : [path];
  throw new NativePluginNotFoundError(
    [
      `The native plug-in ${pluginName}${wanted === undefined ? '' : ` (${wanted})`} was not found; searched:`,
      ...places.map((place) => `  ${place}`),
      `${howToGetPlugin(pluginName, { wasmedgeVersion: library.version, backend })} Or name its file with the plug-in's option nativePath, or use provider: 'embedded'.`,
    ].join('\n'),
    { places },
  );
}

/** One path for each file; a link is kept where the file that it leads to lacks the suffix without which WasmEdge takes nothing. */
function canonicalPath(path: string): string {
  const real = realpathSync.native(path);
  return real.endsWith(pluginSuffix()) ? real : join(realpathSync.native(dirname(path)), basename(path));
}

/** Whether a file says, without being run, that it is the plug-in of this name. */
function declares({ path }: FoundPlugin, pluginName: string): boolean {
  try {
    return inspectPluginFile(path).declared.name === pluginName;
  } catch {
    return false;
  }
}
