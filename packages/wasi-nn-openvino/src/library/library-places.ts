import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** The variable that names OpenVINO's C library, or a folder with it. */
export const libraryVariable = 'WASMEDGE_PLUGINS_OPENVINO';

/** What the search goes by; a `process` has it all. */
export type Machine = Pick<NodeJS.Process, 'platform' | 'arch' | 'env' | 'cwd'>;

/** `libopenvino_c.so`, also with the numbers of a release behind it, as the wheel of the Python package index has it. */
const fileNames: Readonly<Record<string, RegExp>> = {
  win32: /^openvino_c\.dll$/,
  darwin: /^libopenvino_c(\.\d+)*\.dylib$/,
  linux: /^libopenvino_c\.so(\.\d+)*$/,
};

/** Every folder that may hold OpenVINO's C library, in the order in which they are searched. */
export function libraryPlaces(machine: Machine = process): readonly string[] {
  const named = machine.env[libraryVariable];
  if (named !== undefined && named !== '') return [named];
  const places = [
    ...pythonFolders(machine),
    ...systemFolders(machine),
    ...archiveFolders(machine),
    ...npmFolder(machine),
  ];
  return [...new Set(places)];
}

/** The C library in a place: the place itself when it is the file, else the file in it. */
export function libraryIn(place: string, { platform }: Machine = process): string | undefined {
  const pattern = fileNames[platform] ?? (fileNames.linux as RegExp);
  if (!existsSync(place)) return undefined;
  const files = listFolder(place);
  if (files === undefined) return place;
  const found = files.filter((file) => pattern.test(file)).sort()[0];
  return found && join(place, found);
}

/** Where pip puts the libraries of the package `openvino`: the virtual environment that is active, then the user's and the system's. */
function pythonFolders({ platform, env }: Machine): string[] {
  const user = env.HOME ? join(env.HOME, '.local') : undefined;
  const roots = [env.VIRTUAL_ENV, env.CONDA_PREFIX, user, '/usr/local', '/usr'];
  return roots.flatMap((root) => {
    if (!root) return [];
    if (platform === 'win32') return [join(root, 'Lib/site-packages/openvino/libs')];
    const lib = join(root, 'lib');
    const versions = (listFolder(lib) ?? []).filter((name) => /^python3/.test(name));
    return versions.flatMap((version) =>
      ['site-packages', 'dist-packages'].map((packages) => join(lib, version, packages, 'openvino/libs')),
    );
  });
}

/** Where apt and Homebrew put it, and what the loader of the system is told to search. */
function systemFolders({ platform, arch, env }: Machine): string[] {
  const triples: Readonly<Record<string, string>> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };
  const variable = platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  const foldersOf = (list = '') => list.split(delimiter).filter((entry) => entry !== '');
  switch (platform) {
    case 'win32':
      return foldersOf(env.PATH);
    case 'darwin':
      return [...foldersOf(env[variable]), '/opt/homebrew/lib', '/usr/local/lib'];
    default:
      return [
        ...foldersOf(env[variable]),
        `/usr/lib/${triples[arch] ?? arch}`,
        '/usr/lib64',
        '/usr/lib',
        '/usr/local/lib',
      ];
  }
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
    env.INTEL_OPENVINO_DIR,
    '/opt/intel/openvino',
    '/opt/intel/openvino_2026',
    '/opt/intel/openvino_2025',
  ];
  return roots.flatMap((root) =>
    root ? [join(root, inArchive[platform] ?? join('runtime/lib', architecture))] : [],
  );
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

function listFolder(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}
