import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The properties of a machine that a library search depends on; a `process` has them all. */
export type Machine = Pick<NodeJS.Process, 'platform' | 'arch' | 'env' | 'cwd'>;

const triples: Readonly<Record<string, string>> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };

/** The folder below `lib` in which Debian keeps the libraries of an architecture. */
export function libraryTriple({ arch }: Pick<Machine, 'arch'>): string {
  return triples[arch] ?? arch;
}

/** The folders that the system's loader is told to search, and those where apt, Homebrew and `make install` put libraries. */
export function systemFolders(machine: Machine): readonly string[] {
  const { platform, env } = machine;
  const foldersOf = (list = '') => list.split(delimiter).filter((entry) => entry !== '');
  switch (platform) {
    case 'win32':
      return foldersOf(env.PATH);
    case 'darwin':
      return [...foldersOf(env.DYLD_LIBRARY_PATH), '/opt/homebrew/lib', '/usr/local/lib'];
    default:
      return [
        ...foldersOf(env.LD_LIBRARY_PATH),
        `/usr/lib/${libraryTriple(machine)}`,
        '/usr/lib64',
        '/usr/lib',
        '/usr/local/lib',
      ];
  }
}

/** The active Python environments: those of venv and conda. */
export function activePython({ env }: Machine): readonly string[] {
  return [env.VIRTUAL_ENV, env.CONDA_PREFIX].flatMap((root) => root || []);
}

/** The other places of Python packages: the user's and the system's. */
export function installedPython({ env }: Machine): readonly string[] {
  return [...(env.HOME ? [join(env.HOME, '.local')] : []), '/usr/local', '/usr'];
}

/** A folder of a Python package, below each of the given roots and for each version of Python found there. */
export function pythonFolders(
  { platform }: Machine,
  roots: readonly string[],
  folder: string,
): readonly string[] {
  return roots.flatMap((root) => {
    if (platform === 'win32') return [join(root, 'Lib/site-packages', folder)];
    const lib = join(root, 'lib');
    const versions = listFolder(lib).filter((name) => /^python3/.test(name));
    return versions.flatMap((version) =>
      ['site-packages', 'dist-packages'].map((packages) => join(lib, version, packages, folder)),
    );
  });
}

/** The names in a folder; none when there is no such folder. */
export function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
