import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** The variable that names the folder of a libtorch. */
export const libtorchVariable = 'WASMEDGE_PLUGINS_LIBTORCH';

const triples: Readonly<Record<string, string>> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };
const triple = triples[process.arch] ?? process.arch;

/**
 * Every folder that may hold a libtorch, as `lib` and `include` side by side, in the order in which they are searched: the variables of this
 * package, of libtorch's archive and of CMake; the Python package in an active environment; the system's packages; Homebrew; Python's own
 * folders.
 */
export function libtorchPlaces(): readonly string[] {
  const named = process.env[libtorchVariable];
  if (named !== undefined && named !== '') return [named];
  return [
    ...variable('LIBTORCH'),
    // Torch_DIR is share/cmake/Torch in the archive and the Python package.
    ...variable('Torch_DIR').map((folder) => dirname(dirname(dirname(folder)))),
    ...[...variable('VIRTUAL_ENV'), ...variable('CONDA_PREFIX')].flatMap(pythonPackages),
    '/usr',
    '/usr/local',
    '/opt/libtorch',
    ...(process.platform === 'darwin' ? ['/opt/homebrew/opt/pytorch', '/usr/local/opt/pytorch'] : []),
    ...[join(homedir(), '.local'), '/usr/local', '/usr'].flatMap(pythonPackages),
  ];
}

/** The folders below a place in which its libraries may lie. */
export function libraryFolders(place: string): readonly string[] {
  return [join(place, 'lib', triple), join(place, 'lib64'), join(place, 'lib'), place];
}

/** The folder of the headers that belong to a place. */
export function includeFolder(place: string, libraries: string): string {
  return libraries === place ? join(dirname(place), 'include') : join(place, 'include');
}

function variable(name: string): string[] {
  const value = process.env[name];
  return value ? [value] : [];
}

/** Where pip puts the package `torch` below a prefix. */
function pythonPackages(prefix: string): string[] {
  const lib = join(prefix, 'lib');
  return listFolder(lib)
    .filter((name) => /^python3/.test(name))
    .flatMap((version) =>
      ['site-packages', 'dist-packages'].map((packages) => join(lib, version, packages, 'torch')),
    );
}

/** The names in a folder; none when there is no such folder. */
export function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
