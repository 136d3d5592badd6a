import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pluginFileName } from '@wasmedge-plugins/core';

const run = promisify(execFile);
const warnings = ['-O2', '-Wall', '-Wextra', '-Werror', '-shared', '-fPIC'];

/** Compiler and source of the plug-in, by language. */
export const languages = {
  C: { compiler: process.env.CC || 'cc', flags: ['-std=c11'], source: 'get-string.c' },
  'C++': { compiler: process.env.CXX || 'c++', flags: ['-std=c++17'], source: 'get-string.cpp' },
} as const;

/**
 * Builds the native plug-in with the system's compiler and WasmEdge's headers; returns its file.
 *
 * @throws the compiler's error, with what it said.
 */
export async function buildNative(language: keyof typeof languages): Promise<string> {
  const { compiler, flags, source } = languages[language];
  const folder = await mkdtemp(join(tmpdir(), 'get-string-'));
  const file = join(folder, pluginFileName('getString'));
  const path = fileURLToPath(new URL(`../native/${source}`, import.meta.url));
  await run(compiler, [...flags, ...warnings, path, '-o', file, '-lwasmedge']);
  return file;
}
