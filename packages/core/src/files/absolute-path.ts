import { isAbsolute, resolve, sep } from 'node:path';

/** The absolute path of a file that leads where the path leads: `..` after a link is left to the system, except on Windows, which does not resolve it either. */
export function absolutePath(path: string): string {
  if (process.platform === 'win32') return resolve(path);
  return isAbsolute(path) ? path : `${process.cwd()}${sep}${path}`;
}
