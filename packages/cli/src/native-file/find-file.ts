import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import {
  absolutePath,
  NativePluginNotFoundError,
  releasedPlugins,
  type WasmEdgeInstallation,
} from '@wasmedge-plugins/core';
import { findPlugins, pluginFileName, pluginPlaces } from '@wasmedge-plugins/core/plugins';
import { declaredName } from './declared-name.js';

/**
 * The file that a person means: a path, or else the name of a plug-in, whose file is looked for where WasmEdge looks.
 *
 * @throws {NativePluginNotFoundError} with every place that was searched.
 */
export function findFile(text: string, library: WasmEdgeInstallation | undefined): string {
  if (existsSync(text) || /[\\/.]/.test(text) || library === undefined) {
    return absolutePath(text);
  }
  const fileNames = releasedPlugins
    .filter(({ name, release }) => name === text || release.asset === text)
    .map(({ fileName }) => pluginFileName(fileName));
  const found = findPlugins({ library: library.path }).find(
    ({ path }) => fileNames.includes(basename(path)) || declaredName(path) === text,
  );
  if (found !== undefined) {
    return found.path;
  }
  const places = pluginPlaces(library.path).map(({ path }) => path);
  const install =
    fileNames.length > 0
      ? `Get it with wasmedge-plugins install ${text}, or name its file.`
      : 'Name its file.';
  throw new NativePluginNotFoundError(
    [
      `There is no file ${text}, and no native plug-in with this name; searched:`,
      ...places.map((place) => `  ${place}`),
      install,
    ].join('\n'),
    { places },
  );
}
