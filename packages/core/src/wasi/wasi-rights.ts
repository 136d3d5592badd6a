/** The bits of `rights`. */
export const Right = {
  fdDatasync: 1n << 0n,
  fdRead: 1n << 1n,
  fdSeek: 1n << 2n,
  fdFdstatSetFlags: 1n << 3n,
  fdSync: 1n << 4n,
  fdTell: 1n << 5n,
  fdWrite: 1n << 6n,
  fdAdvise: 1n << 7n,
  fdAllocate: 1n << 8n,
  pathCreateDirectory: 1n << 9n,
  pathCreateFile: 1n << 10n,
  pathLinkSource: 1n << 11n,
  pathLinkTarget: 1n << 12n,
  pathOpen: 1n << 13n,
  fdReaddir: 1n << 14n,
  pathReadlink: 1n << 15n,
  pathRenameSource: 1n << 16n,
  pathRenameTarget: 1n << 17n,
  pathFilestatGet: 1n << 18n,
  pathFilestatSetSize: 1n << 19n,
  pathFilestatSetTimes: 1n << 20n,
  fdFilestatGet: 1n << 21n,
  fdFilestatSetSize: 1n << 22n,
  fdFilestatSetTimes: 1n << 23n,
  pathSymlink: 1n << 24n,
  pathRemoveDirectory: 1n << 25n,
  pathUnlinkFile: 1n << 26n,
  pollFdReadwrite: 1n << 27n,
} as const;

const streamRights = Right.fdFdstatSetFlags | Right.fdFilestatGet | Right.pollFdReadwrite;

/** What standard input allows. Without seek and tell, which is how wasi-libc recognises a terminal. */
export const inputRights = Right.fdRead | streamRights;

/** What standard output and standard error allow. */
export const outputRights = Right.fdWrite | Right.fdDatasync | Right.fdSync | streamRights;

/** Rights that have a meaning on a file. */
export const fileRights =
  inputRights |
  outputRights |
  Right.fdSeek |
  Right.fdTell |
  Right.fdAdvise |
  Right.fdAllocate |
  Right.fdFilestatSetSize |
  Right.fdFilestatSetTimes;

/** Rights that have a meaning on a directory. */
export const directoryRights =
  Right.fdFdstatSetFlags |
  Right.fdDatasync |
  Right.fdSync |
  Right.fdAdvise |
  Right.fdReaddir |
  Right.fdFilestatGet |
  Right.fdFilestatSetTimes |
  Right.pathCreateDirectory |
  Right.pathCreateFile |
  Right.pathLinkSource |
  Right.pathLinkTarget |
  Right.pathOpen |
  Right.pathReadlink |
  Right.pathRenameSource |
  Right.pathRenameTarget |
  Right.pathFilestatGet |
  Right.pathFilestatSetSize |
  Right.pathFilestatSetTimes |
  Right.pathSymlink |
  Right.pathRemoveDirectory |
  Right.pathUnlinkFile;

/** What a preopened directory passes on to what is opened through it. */
export const inheritableRights = fileRights | directoryRights;

/** Asking `path_open` for one of these opens the file for reading. */
export const readingRights = Right.fdRead | Right.fdReaddir;

/** Asking `path_open` for one of these opens the file for writing. */
export const writingRights = Right.fdWrite | Right.fdAllocate | Right.fdFilestatSetSize;
