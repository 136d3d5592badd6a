const isWindows = process.platform === 'win32';

/** What separates the parts of a symbolic link's target on this host. */
export const separators: RegExp = isWindows ? /[\\/]/ : /\//;

// Drives, alternate streams and wildcards; names of devices, which exist in every folder; endings that Windows cuts off.
const refusedOnWindows = /[\\:*?"<>|]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)/i;

/** Whether one part of a path names a file in its folder and nothing else; on Windows many names do not. */
export function isUsableName(name: string, windows = isWindows): boolean {
  return !(windows && refusedOnWindows.test(name));
}
