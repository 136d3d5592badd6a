// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';
import { repositoryRoot } from '../lib/repository.mjs';

const names = /** @type {const} */ ([
  'calls',
  'echo',
  'extism-echo',
  'add',
  'memory',
  'open-file',
  'files',
  'wasi-calls',
  'wasi-crypto',
  'infer',
  'placed',
  'fib',
]);

/** How many functions the large guest has; each takes some 330 bytes. */
const largeFunctions = 4000;

/** A guest as a compiler makes them: 80 KB, with imports of WASI and of a plug-in. */
export const realGuest = join(repositoryRoot, 'packages/process/conformance/command-runner.wasm');

/**
 * Assembles the bench's guests into a folder.
 * @param {string} folder
 */
export async function buildGuests(folder) {
  const assembler = await wabt();
  for (const name of [...names, /** @type {const} */ ('large')]) {
    const text =
      name === 'large' ? largeGuest() : readFileSync(new URL(`guests/${name}.wat`, import.meta.url), 'utf8');
    const parsed = assembler.parseWat(`${name}.wat`, text);
    writeFileSync(guestPath(folder, name), parsed.toBinary({}).buffer);
    parsed.destroy();
  }
}

/**
 * @param {string} folder
 * @param {(typeof names)[number] | 'large'} name
 */
export function guestPath(folder, name) {
  return join(folder, `${name}.wasm`);
}

/** A guest of more than a megabyte, whose functions are all different. What it exports calls none of them. */
function largeGuest() {
  const step = (/** @type {number} */ index, /** @type {number} */ k) => `
    (local.set 1 (i32.add (local.get 0) (i32.const ${(index * 31 + k * 7) & 0xfffff})))
    (if (i32.and (local.get 1) (i32.const ${k + 1}))
      (then (local.set 0 (call ${(index + k * 13) % largeFunctions} (local.get 1)))))`;
  const body = (/** @type {number} */ index) => Array.from({ length: 14 }, (_, k) => step(index, k)).join('');
  const functions = Array.from(
    { length: largeFunctions },
    (_, index) => `(func (param i32) (result i32) (local i32) ${body(index)} (local.get 0))`,
  );
  return `(module (memory (export "memory") 17)
    ${functions.join('\n')}
    (func (export "run") (param i32) (result i32) (local.get 0)))`;
}
