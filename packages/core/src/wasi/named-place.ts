import { existing, type Place } from './confined-path.js';
import type { FileStat } from './descriptors/descriptor.js';
import { WasiError } from './wasi-error.js';
import { FileType } from './wasi-types.js';

// What POSIX and Linux say of paths that end in a slash, in `.` or in `..`, where a name is made, moved or removed: a link in the last part is
// meant itself, slash or not.

/** The name for something new; a slash behind it is for folders only. */
export function nameToCreate(place: Place, isFolder: boolean): string {
  const { folder, name, mustBeFolder } = place;
  if (name === undefined) throw new WasiError('exist');
  if (!mustBeFolder || isFolder) return name;
  const stat = folder.lstat(name);
  if (stat === undefined) throw new WasiError('noent');
  throw new WasiError(stat.fileType === FileType.regularFile ? 'notdir' : 'exist');
}

/** The name of a folder that is to be removed. */
export function nameToRemoveFolder(place: Place): string {
  if (place.name === undefined) throw new WasiError(place.ending === '..' ? 'notempty' : 'inval');
  if (existing(place).fileType !== FileType.directory) throw new WasiError('notdir');
  return place.name;
}

/** The name of something else that is to be removed. */
export function nameToRemoveFile(place: Place): string {
  if (place.name === undefined) throw new WasiError('isdir');
  if (existing(place).fileType === FileType.directory) throw new WasiError('isdir');
  return place.name;
}

/** The name of something that is to be moved; or, for what is there, the name that it is to get. */
export function nameToMove(place: Place, moved?: FileStat): { name: string; stat: FileStat } {
  if (place.name === undefined) throw new WasiError('busy');
  const stat = moved ?? existing(place);
  if (place.mustBeFolder && stat.fileType !== FileType.directory) throw new WasiError('notdir');
  return { name: place.name, stat };
}
