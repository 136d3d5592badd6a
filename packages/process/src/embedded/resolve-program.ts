import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter } from 'node:path';

/** The file of a program, or why there is none. */
export type ResolvedProgram = { readonly file: string } | { readonly errorCode: 'ENOENT' | 'EACCES' };

const windows = process.platform === 'win32';
const suffixes = windows ? ['', '.exe', '.com'] : [''];
// What execvp uses when PATH is not set.
const defaultPath = windows ? '' : '/bin:/usr/bin';

/**
 * Finds a program as POSIX execvp does, but always on the given path: the spawning library would take the path from the
 * command's own environment, which the guest chooses.
 */
export async function resolveProgram(
  name: string,
  searchPath: string = defaultPath,
): Promise<ResolvedProgram> {
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
      const found = await probe(file);
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

async function probe(file: string): Promise<'executable' | 'refused' | 'missing'> {
  try {
    if (!(await stat(file)).isFile()) {
      return 'refused';
    }
    await access(file, constants.X_OK);
    return 'executable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES' ? 'refused' : 'missing';
  }
}
