import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findLibrary } from '../src/library/find-library.js';

const run = promisify(execFile);

/**
 * Builds the stand-in of the native plug-in on TensorFlow Lite's C library into a new temporary folder; returns its file. The compiler is
 * that of the variable `CC`, or `cc`; WasmEdge's headers and library are those it finds.
 *
 * @throws the compiler's error, with what it said.
 */
export async function buildStandIn(): Promise<string> {
  const library = findLibrary();
  const file = join(await mkdtemp(join(tmpdir(), 'wasmedge-tflite-')), 'libwasmedgePluginWasiNN.so');
  const source = fileURLToPath(new URL('./native/stand-in.c', import.meta.url));
  const flags = ['-O2', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC'];
  // Searched for the libraries that TensorFlow Lite's needs, too, which the newer kind of entry is not.
  const search = ['-Wl,--disable-new-dtags', `-Wl,-rpath,${dirname(library)}`];
  await run(process.env.CC || 'cc', [...flags, source, '-o', file, library, ...search, '-lwasmedge']);
  return file;
}
