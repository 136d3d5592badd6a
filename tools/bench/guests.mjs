// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';
import { repositoryRoot } from '../lib/repository.mjs';

const names = /** @type {const} */ (['calls', 'memory', 'open-file', 'files', 'wasi-crypto', 'infer']);

/** A guest as a compiler makes them: 80 KB, with imports of WASI and of a plug-in. */
export const realGuest = join(repositoryRoot, 'packages/process/conformance/command-runner.wasm');

/**
 * Assembles the bench's guests into a folder.
 * @param {string} folder
 */
export async function buildGuests(folder) {
  const assembler = await wabt();
  for (const name of names) {
    const text = readFileSync(new URL(`guests/${name}.wat`, import.meta.url), 'utf8');
    const parsed = assembler.parseWat(`${name}.wat`, text);
    writeFileSync(guestPath(folder, name), parsed.toBinary({}).buffer);
    parsed.destroy();
  }
}

/**
 * @param {string} folder
 * @param {(typeof names)[number]} name
 */
export function guestPath(folder, name) {
  return join(folder, `${name}.wasm`);
}
