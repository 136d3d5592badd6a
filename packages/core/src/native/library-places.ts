import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const fileNames: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['libwasmedge.0.dylib', 'libwasmedge.dylib'],
  win32: ['wasmedge.dll'],
};

const triples: Partial<Record<NodeJS.Architecture, string>> = {
  x64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
  riscv64: 'riscv64-linux-gnu',
};

/** Every file that may be a libwasmedge, in the order in which they are tried, when no option names one. */
export function libraryPlaces(): readonly string[] {
  const named = process.env.WASMEDGE_LIBRARY;
  if (named !== undefined && named !== '') {
    return [named];
  }
  const names = fileNames[process.platform] ?? ['libwasmedge.so.0', 'libwasmedge.so'];
  return folders().flatMap((folder) => names.map((name) => join(folder, name)));
}

function folders(): readonly string[] {
  const home = join(homedir(), '.wasmedge');
  const installer = [join(home, 'lib'), join(home, 'lib64')];
  const roots = process.env.WASMEDGE_DIR
    ? [join(process.env.WASMEDGE_DIR, 'lib'), join(process.env.WASMEDGE_DIR, 'lib64')]
    : [];
  switch (process.platform) {
    case 'win32':
      return [
        ...roots,
        join(home, 'bin'),
        join(process.env.ProgramFiles ?? 'C:\\Program Files', 'WasmEdge', 'bin'),
        ...listOf('PATH'),
      ];
    case 'darwin':
      return [...roots, ...listOf('DYLD_LIBRARY_PATH'), ...installer, '/opt/homebrew/lib', '/usr/local/lib'];
    default:
      return [
        ...roots,
        ...listOf('LD_LIBRARY_PATH'),
        ...installer,
        '/usr/local/lib',
        '/usr/local/lib64',
        `/usr/lib/${triples[process.arch] ?? process.arch}`,
        '/usr/lib64',
        '/usr/lib',
      ];
  }
}

function listOf(variable: string): readonly string[] {
  return (process.env[variable] ?? '').split(delimiter).filter((entry) => entry !== '');
}
