import { execFile } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const sources = fileURLToPath(new URL('./native/', import.meta.url));

/**
 * Builds the stand-in of the native WASI-Crypto plug-in into a new temporary folder; returns its file. The compiler is that of the
 * variable `CC`, or `cc`; it needs the headers and libraries of WasmEdge and of OpenSSL 3.
 *
 * @throws the compiler's error, with what it said.
 */
export async function buildStandIn(): Promise<string> {
  const files = (await readdir(sources)).filter((name) => name.endsWith('.c'));
  const output = join(await mkdtemp(join(tmpdir(), 'wasmedge-plugin-')), 'libwasmedgePluginWasiCrypto.so');
  // Less optimised than other stand-ins: what takes time here is OpenSSL's.
  const flags = ['-O1', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-fvisibility=hidden'];
  // Linked with the library, because a library that koffi opened lends its symbols to nobody.
  await run(process.env.CC || 'cc', [
    ...flags,
    ...files.map((name) => join(sources, name)),
    ...['-o', output, '-lcrypto', '-lwasmedge'],
  ]);
  return output;
}
