// @ts-check
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { capture } from '../../lib/run.mjs';
import { CBaseline } from '../c-baseline.mjs';

const sources = fileURLToPath(new URL('.', import.meta.url));

/**
 * Compiles and starts the program that calls a library directly.
 * @param {string} folder where the program is written
 * @param {import('./libraries.mjs').Library} library
 * @param {import('./models.mjs').Models} models
 * @param {boolean} lies whether its answers are to be wrong
 * @returns {Promise<CBaseline | { reason: string }>}
 */
export async function openDirect(folder, library, { mobilenet, tiny, large }, lies) {
  const program = join(folder, `${library.source}-program`);
  const isCpp = library.compiler === 'c++';
  const main = join(sources, 'main.c');
  const source = join(sources, library.source);
  const files = isCpp ? ['-x', 'c', main, '-x', 'c++', source, '-x', 'none'] : [main, source];
  const { code, output } = capture(library.compiler, [
    ...library.flags,
    ...files,
    '-o',
    program,
    ...library.link,
  ]);
  if (code === 127) return { reason: `there is no compiler ${library.compiler}` };
  if (code !== 0) throw new Error(`${library.source} could not be compiled:\n${output}`);
  const path = process.env.LD_LIBRARY_PATH;
  const direct = new CBaseline(
    program,
    [library.layout, ...mobilenet, ...tiny, ...large, ...(lies ? ['--lie'] : [])],
    { LD_LIBRARY_PATH: path ? `${library.folder}:${path}` : library.folder },
  );
  const refused = await direct.refusal();
  return refused === undefined ? direct : { reason: refused };
}
