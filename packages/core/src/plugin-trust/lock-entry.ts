import { basename } from 'node:path';
import type { PluginInspection } from '../plugin-file/inspect-plugin-file.js';
import { inspectPluginFile } from '../plugin-file/inspect-plugin-file.js';
import type { LockedFile } from './lock-file.js';

/**
 * The lock file entries of an inspected plug-in: its own file, and the libraries that it brings along and finds by `$ORIGIN`, since
 * those are loaded with it.
 *
 * @throws {NativePluginNotFoundError} when such a library cannot be read.
 * @throws {NativePluginInvalidError} when such a library is broken.
 */
export function lockEntries(inspection: PluginInspection): readonly LockedFile[] {
  const own = (inspection.libraries ?? []).filter(({ own }) => own).map(({ path }) => path as string);
  return [inspection, ...own.map((path) => inspectPluginFile(path))].map(
    ({ path, sha256, size, platform, architectures }) => ({
      file: basename(path),
      sha256,
      size,
      platform,
      architectures,
    }),
  );
}
