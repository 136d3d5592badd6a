import { execFile } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
// Also from the built file in `dist`.
const folder = new URL(
  import.meta.url.endsWith('.ts') ? './native/' : '../conformance/native/',
  import.meta.url,
);

/** What runs the models of a stand-in. */
export interface StandInBackend {
  /** The C file that defines `TheBackend` of native/stand-in.h. */
  readonly source: URL;
  /** Further flags of the compiler: headers, libraries, definitions. Default: none. */
  readonly flags?: readonly string[];
}

const sum: StandInBackend = { source: new URL('sum.c', folder) };

/**
 * Builds the stand-in of the native WASI-NN plug-in into a new temporary folder; returns its file. The compiler is that of the variable `CC`,
 * or `cc`; WasmEdge's headers and library are those it finds. Without a backend its models are sums.
 *
 * @throws the compiler's error, with what it said.
 */
export async function buildStandIn({ source, flags = [] }: StandInBackend = sum): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'wasmedge-nn-')), 'libwasmedgePluginWasiNN.so');
  const shared = (await readdir(folder)).filter((name) => name.endsWith('.c') && name !== 'sum.c');
  const sources = [...shared.map((name) => new URL(name, folder)), source].map((url) => fileURLToPath(url));
  const always = [
    '-O2',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-shared',
    '-fPIC',
    '-fvisibility=hidden',
    '-I',
    fileURLToPath(folder),
  ];
  // Linked with the library, because a library that koffi opened lends its symbols to nobody.
  await run(process.env.CC || 'cc', [...always, ...sources, '-o', file, ...flags, '-lwasmedge']);
  return file;
}
