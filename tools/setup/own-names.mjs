// @ts-check
import { copyFileSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Gives libraries in a folder names of their own, there and in the libraries that need them. The loader takes a library that the process has,
 * or the system, for any other of the same name, also where the two are of years that do not fit: then code that asks for the processor's
 * abilities gets wrong answers.
 * @param {string} folder
 * @param {readonly string[]} names each ends with `.so.0`, and the new one with `.so.o`: of the same length, as the files' tables are kept
 */
export function giveOwnNames(folder, names) {
  for (const file of readdirSync(folder).map((name) => join(folder, name))) {
    if (!lstatSync(file).isFile()) continue;
    // Bytes as characters, so that nothing else changes.
    const content = readFileSync(file, 'latin1');
    const renamed = names.reduce((text, name) => text.replaceAll(`${name}\0`, `${ownName(name)}\0`), content);
    if (renamed !== content) writeFileSync(file, renamed, 'latin1');
  }
  for (const name of names) copyFileSync(join(folder, name), join(folder, ownName(name)));
}

/** @param {string} name */
function ownName(name) {
  return name.replace(/0$/, 'o');
}
