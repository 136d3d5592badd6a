import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Builds the stand-in of the native WASI-NN plug-in into a new temporary folder; returns its file. The compiler is that of the variable `CC`,
 * or `cc`; WasmEdge's headers and library are those it finds.
 *
 * @throws the compiler's error, with what it said.
 */
export async function buildStandIn(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'wasmedge-nn-')), 'libwasmedgePluginWasiNN.so');
  const source = fileURLToPath(new URL('./native/stand-in.c', import.meta.url));
  const flags = ['-O2', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC'];
  // Linked with the library, because a library that koffi opened lends its symbols to nobody.
  await run(process.env.CC || 'cc', [...flags, source, '-o', file, '-lwasmedge']);
  return file;
}
