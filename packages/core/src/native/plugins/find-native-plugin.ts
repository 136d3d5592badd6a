import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { NativePluginNotFoundError } from '../../errors/native-plugin-not-found-error.js';
import type { NativePluginRequest } from '../../plugin/plugin.js';
import { pluginFileName, pluginPlaces } from './plugin-places.js';

/**
 * The file of a native plug-in.
 *
 * @throws {NativePluginNotFoundError} with every place that was searched.
 */
export function findNativePlugin(
  pluginName: string,
  request: NativePluginRequest,
  libraryPath: string,
): string {
  const fileName = pluginFileName(request.fileName);
  const places = request.path === undefined ? pluginPlaces(libraryPath) : [request.path];
  for (const place of places) {
    const found = findIn(place, fileName, request.path !== undefined);
    if (found !== undefined) {
      return found;
    }
  }
  throw new NativePluginNotFoundError(
    [
      `The native plug-in ${pluginName} (${fileName}) was not found; searched:`,
      ...places.map((place) => `  ${place}`),
      ...(request.releaseNote === undefined ? [] : [request.releaseNote]),
      `Install WasmEdge's release of it, name its file with the plug-in's option nativePath, or use provider: 'embedded'.`,
    ].join('\n'),
  );
}

/** A place is a file or a folder that is searched with all folders in it. A file that was named may have any name. */
function findIn(place: string, fileName: string, anyName: boolean): string | undefined {
  const kind = statSync(place, { throwIfNoEntry: false });
  if (kind?.isFile()) {
    return anyName || basename(place) === fileName ? place : undefined;
  }
  if (!kind?.isDirectory()) {
    return undefined;
  }
  const entry = readdirSync(place, { withFileTypes: true, recursive: true }).find(
    (file) => file.isFile() && file.name === fileName,
  );
  return entry && join(entry.parentPath, entry.name);
}
