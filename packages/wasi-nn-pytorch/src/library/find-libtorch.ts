import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  activePython,
  findLibrary,
  installedPython,
  type LibrarySearch,
  libraryTriple,
  type Machine,
  pythonFolders,
} from '@wasmedge-plugins/wasi-nn/kit';

/** A libtorch that is installed here. */
export interface Libtorch {
  /** The folder with `libtorch_cpu` and `libc10`. */
  readonly libraries: string;
  /** The folder with `torch/script.h`; `undefined` when the headers are not installed. */
  readonly headers: string | undefined;
  /** As its header tells it, for example `2.6.0`; `unknown` without headers. */
  readonly version: string;
  /** File of `libc10`, by which one libtorch is told from another. */
  readonly core: string;
}

const variable = 'WASMEDGE_PLUGINS_LIBTORCH';

/**
 * How a libtorch is found, which has `lib` and `include` side by side: by the variables of this package, of libtorch's archive and of CMake; as
 * the Python package in an active environment; as the system's packages; as Homebrew's; in Python's own folders.
 */
const librarySearch: LibrarySearch = {
  title: 'libtorch, the C++ library of PyTorch,',
  variable,
  fileNames: { linux: /^libc10\.so(\.\d+)*$/, darwin: /^libc10(\.\d+)*\.dylib$/, win32: /^c10\.dll$/ },
  places: (machine) => [
    ...named(machine, 'LIBTORCH'),
    // Torch_DIR is share/cmake/Torch in the archive and the Python package.
    ...named(machine, 'Torch_DIR').map((folder) => dirname(dirname(dirname(folder)))),
    ...pythonFolders(machine, activePython(machine), 'torch'),
    '/usr',
    '/usr/local',
    '/opt/libtorch',
    ...(machine.platform === 'darwin' ? ['/opt/homebrew/opt/pytorch', '/usr/local/opt/pytorch'] : []),
    ...pythonFolders(machine, installedPython(machine), 'torch'),
  ],
  below: (machine) => [join('lib', libraryTriple(machine)), 'lib64', 'lib', ''],
  install: ({ platform }) =>
    `Install it: ${platform === 'darwin' ? 'brew install pytorch' : 'sudo apt-get install --no-install-recommends libtorch-dev g++'}; or unpack libtorch's archive and name its folder in the variable ${variable}. Then build the shim: npx wasi-nn-pytorch-build`,
};

/**
 * The libtorch of this machine.
 *
 * @throws {BackendUnavailableError} with every place that was searched, and what installs it.
 */
export function findLibtorch(): Libtorch {
  const core = findLibrary(librarySearch);
  const libraries = dirname(core);
  // Beside the folder of the libraries, or of the one that has an architecture's.
  const headers = [dirname(libraries), dirname(dirname(libraries))]
    .map((folder) => join(folder, 'include'))
    .find((folder) => existsSync(join(folder, 'torch/script.h')));
  return { libraries, headers, version: readVersion(headers), core };
}

function named({ env }: Machine, name: string): string[] {
  const value = env[name];
  return value ? [value] : [];
}

function readVersion(headers: string | undefined): string {
  if (headers === undefined) return 'unknown';
  // The second place since 2.9, whose first one includes it.
  const files = ['torch/csrc/api/include/torch/version.h', 'torch/headeronly/version.h'];
  for (const file of files.map((name) => join(headers, name)).filter((path) => existsSync(path))) {
    const text = readFileSync(file, 'utf8');
    const numbers = ['MAJOR', 'MINOR', 'PATCH'].map(
      (part) => new RegExp(`#define TORCH_VERSION_${part} (\\d+)`).exec(text)?.[1],
    );
    if (!numbers.includes(undefined)) return numbers.join('.');
  }
  return 'unknown';
}
