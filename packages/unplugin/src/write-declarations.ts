import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { makeFolders } from '@wasmedge-plugins/core';
import { generateGuestTypes } from '@wasmedge-plugins/core/guests';
import type { DeclarationsPlace } from './guests-options.js';

const mark = 'made by wasmedge-plugins.';

/**
 * Writes the declarations of a guest, unless they are there.
 *
 * @returns why they could not be written, where that is so.
 */
export async function writeDeclarations(
  guest: string,
  bytes: Uint8Array,
  place: DeclarationsPlace,
): Promise<string | undefined> {
  if (place === 'none') return undefined;
  const file = declarationsFile(guest, place);
  const text = generateGuestTypes(bytes, { name: basename(guest), form: 'declarations' });
  try {
    const before = await readFile(file, 'utf8').catch(() => undefined);
    if (before === text) return undefined;
    if (before !== undefined && !before.includes(mark)) {
      return `${file} was not made by this plug-in, and is kept. Remove or rename it, or set declarations to 'none'.`;
    }
    makeFolders(dirname(file));
    await writeFile(file, text);
    return undefined;
  } catch (error) {
    return `The types of ${guest} cannot be written to ${file}: ${(error as Error).message}. Set declarations to 'none' or to a folder.`;
  }
}

function declarationsFile(guest: string, place: Exclude<DeclarationsPlace, 'none'>): string {
  const name = basename(guest).replace(/(\.[^.]*)?$/, (extension) => `.d${extension}.ts`);
  if (place === 'beside') return join(dirname(guest), name);
  // A guest outside of the working folder must not lead outside of the other.
  const folder = relative(process.cwd(), dirname(guest)).replaceAll('..', '_');
  return join(resolve(place.folder), folder, name);
}
