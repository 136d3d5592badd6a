import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  activePython,
  findLibrary as find,
  installedPython,
  type LibrarySearch,
  type Machine,
  pythonFolders,
  systemFolders,
} from '@wasmedge-plugins/wasi-nn/kit';

const variable = 'WASMEDGE_PLUGINS_OPENVINO';

/** How OpenVINO's C library is found: where pip, the system, the archive and the npm package `openvino-node` have it. */
export const librarySearch: LibrarySearch = {
  title: "OpenVINO's C library (libopenvino_c)",
  variable,
  // Also with the numbers of a release behind it, as the wheel of the Python package index has it.
  fileNames: {
    win32: /^openvino_c\.dll$/,
    darwin: /^libopenvino_c(\.\d+)*\.dylib$/,
    linux: /^libopenvino_c\.so(\.\d+)*$/,
  },
  places: (machine) => [
    ...pythonFolders(machine, [...activePython(machine), ...installedPython(machine)], 'openvino/libs'),
    ...systemFolders(machine),
    ...archiveFolders(machine),
    ...npmFolder(machine),
  ],
  install: () =>
    `Install OpenVINO 2024.6 or later: python3 -m venv openvino && openvino/bin/pip install openvino, and name the folder openvino/lib/python3*/site-packages/openvino/libs in the variable ${variable}; or the distribution's packages, Homebrew (brew install openvino) or the archive.`,
};

/**
 * The path of OpenVINO's C library.
 *
 * @throws {BackendUnavailableError} with every place that was searched, and what installs it.
 */
export function findLibrary(machine: Machine = process): string {
  return find(librarySearch, machine);
}

/** Where the archive's script `setupvars` says it is, and the folder that OpenVINO's documentation unpacks it to. */
function archiveFolders({ platform, arch, env }: Machine): string[] {
  const armName = platform === 'darwin' ? 'arm64' : 'aarch64';
  const architecture = arch === 'arm64' ? armName : 'intel64';
  const inArchive: Readonly<Record<string, string>> = {
    win32: join('runtime/bin', architecture, 'Release'),
    darwin: join('runtime/lib', architecture, 'Release'),
  };
  const roots = [
    ...(env.INTEL_OPENVINO_DIR ? [env.INTEL_OPENVINO_DIR] : []),
    '/opt/intel/openvino',
    '/opt/intel/openvino_2026',
    '/opt/intel/openvino_2025',
  ];
  return roots.map((root) => join(root, inArchive[platform] ?? join('runtime/lib', architecture)));
}

/** The npm package `openvino-node`, where the program has it. */
function npmFolder({ cwd }: Machine): string[] {
  try {
    const main = createRequire(join(cwd(), 'resolve.js')).resolve('openvino-node/package.json');
    return [join(dirname(main), 'bin')];
  } catch {
    return [];
  }
}
