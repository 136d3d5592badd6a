import { type Dirent, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkOptionNames } from '../options/check-option-names.js';
import { type PluginHost, type PluginPlace, pluginPlaces, pluginSuffix } from './plugin-places.js';
import { statIfReachable } from './stat-if-reachable.js';

/** A file that WasmEdge would open as a plug-in. */
export interface FoundPlugin {
  /** The file. */
  readonly path: string;
  /** Where it was looked for: the file itself, or a folder above it. */
  readonly place: PluginPlace;
}

/** Where to look for plug-ins. */
export interface FindPluginsOptions extends PluginHost {
  /** The libwasmedge whose places are searched. Default: none; only `paths` are. */
  readonly library?: string;
  /** Files and folders that come first. A file given here may have any name. Default: none. */
  readonly paths?: readonly string[];
}

const maxEntries = 100_000;

/**
 * Every file that WasmEdge would open, in its order of places; the files of a folder, and of its subfolders, by name. At most 100,000
 * entries of one place are examined.
 *
 * @throws {InvalidArgumentError} for an option that does not exist.
 */
export function findPlugins(options: FindPluginsOptions): readonly FoundPlugin[] {
  checkOptionNames<FindPluginsOptions>('findPlugins()', options, {
    library: true,
    paths: true,
    platform: true,
    variables: true,
    home: true,
  });
  const named = (options.paths ?? []).map((path): PluginPlace => ({ path, source: 'option' }));
  const places = [...named, ...(options.library === undefined ? [] : pluginPlaces(options.library, options))];
  return places.flatMap((place) => filesIn(place, pluginSuffix(options.platform)));
}

function filesIn(place: PluginPlace, suffix: string): FoundPlugin[] {
  const kind = statIfReachable(place.path);
  if (kind?.isFile()) {
    return place.source === 'option' || place.path.endsWith(suffix) ? [{ path: place.path, place }] : [];
  }
  const found: FoundPlugin[] = [];
  const folders = kind?.isDirectory() ? [place.path] : [];
  let entries = 0;
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (++entries > maxEntries) {
        return found;
      }
      // A link to a file is opened, a link to a folder is not followed.
      if (entry.isDirectory()) {
        folders.push(path);
      } else if (entry.name.endsWith(suffix) && basename(path) !== suffix && isFile(path)) {
        found.push({ path, place });
      }
    }
  }
  return found;
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // WasmEdge passes over folders that it may not read.
    return [];
  }
}

function isFile(path: string): boolean {
  return statIfReachable(path)?.isFile() === true;
}
