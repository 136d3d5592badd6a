import { accessSync, constants, statSync } from 'node:fs';
import { delimiter } from 'node:path';

/** The file of a program, or why there is none. */
export type ResolvedProgram = { readonly file: string } | { readonly errorCode: 'ENOENT' | 'EACCES' };

const windows = process.platform === 'win32';
const suffixes = windows ? ['', '.exe', '.com'] : [''];
// What execvp uses when PATH is not set.
const defaultPath = windows ? '' : '/bin:/usr/bin';

/**
 * Finds a program as POSIX execvp does, but always on the given path: the spawning library would take the path from the
 * command's own environment, which the guest chooses. It does so without giving way: starting a program waits for the same folders in this thread
 * anyway, and what waits for a folder that does not answer in another thread takes many times as long for one that does.
 */
export function resolveProgram(name: string, searchPath: string = defaultPath): ResolvedProgram {
  if (name === '') {
    return { errorCode: 'ENOENT' };
  }
  if (name.includes('/') || (windows && name.includes('\\'))) {
    return { file: name };
  }
  let errorCode: 'ENOENT' | 'EACCES' = 'ENOENT';
  for (const folder of searchPath.split(delimiter)) {
    for (const suffix of suffixes) {
      // An empty entry means the working directory. Not join(): it would turn `./name` into a name that is looked up again.
      const file = `${folder || '.'}/${name}${suffix}`;
      const found = probe(file);
      if (found === 'executable') {
        return { file };
      }
      if (found === 'refused') {
        errorCode = 'EACCES';
      }
    }
  }
  return { errorCode };
}

function probe(file: string): 'executable' | 'refused' | 'missing' {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) {
      return 'missing';
    }
    if (!found.isFile()) {
      return 'refused';
    }
    accessSync(file, constants.X_OK);
    return 'executable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'refused' : 'missing';
  }
}
