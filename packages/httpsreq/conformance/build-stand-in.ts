import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const source = new URL('./native/stand-in.c', import.meta.url);
const flags = ['-O2', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC'];
// Linked with WasmEdge, because a library that koffi opened lends its symbols to nobody.
const libraries = ['-lwasmedge', '-lssl', '-lcrypto'];

/**
 * Builds the stand-in of the native HttpsReq plug-in, and returns its file. The compiler is that of the variable `CC`, or `cc`; the
 * headers and libraries of WasmEdge and OpenSSL are those it finds.
 *
 * @throws the compiler's error, with what it said.
 */
export async function buildStandIn(): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'wasmedge-plugin-')), 'libwasmedgePluginHttpsReq.so');
  await run(process.env.CC || 'cc', [...flags, fileURLToPath(source), '-o', file, ...libraries]);
  return file;
}
