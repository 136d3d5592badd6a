import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
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

/** Changes of the source before it is built, to get a plug-in that fails in a certain way. */
export interface NativeVariant {
  /** Texts of the source, and what takes their place. */
  readonly replace?: Readonly<Record<string, string>>;
  /** More arguments of the compiler. */
  readonly flags?: readonly string[];
}

/**
 * Builds the native plug-in with the system's compiler and WasmEdge's headers; returns its file.
 *
 * @throws the compiler's error, with what it said.
 */
export async function buildNative(
  language: keyof typeof languages,
  { replace = {}, flags: more = [] }: NativeVariant = {},
): Promise<string> {
  const { compiler, flags, source } = languages[language];
  const folder = await mkdtemp(join(tmpdir(), 'get-string-'));
  const file = join(folder, pluginFileName('getString'));
  const original = new URL(`../native/${source}`, import.meta.url);
  let text = await readFile(original, 'utf8');
  for (const [part, other] of Object.entries(replace)) {
    if (!text.includes(part)) throw new Error(`${source} does not contain ${part}`);
    text = text.replaceAll(part, other);
  }
  const path = join(folder, source);
  await writeFile(path, text);
  const include = `-I${fileURLToPath(new URL('.', original))}`;
  await run(compiler, [...flags, ...warnings, include, path, '-o', file, ...more, '-lwasmedge']);
  return file;
}
