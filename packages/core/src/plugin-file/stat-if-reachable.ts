import { type Stats, statSync } from 'node:fs';

/** What is at a path; `undefined` where nothing is, or nothing that can be reached: a name may be too long, or a folder closed. */
export function statIfReachable(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
