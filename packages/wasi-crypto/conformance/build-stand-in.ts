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
 * @throws {Error} when it cannot be built: what the compiler said first, in one line, and all of it as the cause.
 */
export async function buildStandIn(): Promise<string> {
  const files = (await readdir(sources)).filter((name) => name.endsWith('.c'));
  const output = join(await mkdtemp(join(tmpdir(), 'wasmedge-plugin-')), 'libwasmedgePluginWasiCrypto.so');
  // Less optimised than other stand-ins: what takes time here is OpenSSL's.
  const flags = [
    '-O1',
    '-Wall',
    '-Wextra',
    '-Werror',
    '-Wfatal-errors',
    '-shared',
    '-fPIC',
    '-fvisibility=hidden',
  ];
  // Linked with the library, because a library that koffi opened lends its symbols to nobody.
  const compiler = process.env.CC || 'cc';
  const args = [
    ...flags,
    ...files.map((name) => join(sources, name)),
    '-o',
    output,
    '-lcrypto',
    '-lwasmedge',
  ];
  try {
    await run(compiler, args);
  } catch (cause) {
    throw new Error(
      `${compiler} says: ${complaintOf(cause)} (needed are the headers of WasmEdge and of OpenSSL 3, on Debian libwasmedge-dev and libssl-dev)`,
      { cause },
    );
  }
  return output;
}

function complaintOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const lines = text.split('\n');
  return lines.find((line) => /error: |cannot find /.test(line)) ?? lines[0] ?? '';
}
