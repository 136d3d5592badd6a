import { isAbsolute } from 'node:path';

/** What to do about a file that is not found: what a relative path is relative to, besides. */
export function checkPath(path: string | URL): string {
  return path instanceof URL || isAbsolute(path)
    ? 'Check the path.'
    : `Check the path; it is relative to ${process.cwd()}.`;
}
