// @ts-check
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where lies what is made once for all checkouts. @param {string} name */
export function cacheFolder(name) {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'wasmedge-plugins', name);
}

/**
 * Makes a folder next to its place and moves it there, so that a folder that exists is complete.
 * @param {string} folder
 * @param {(unfinished: string) => Promise<string | undefined>} make says why it cannot be made
 */
export async function makeFolder(folder, make) {
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  const reason = await make(unfinished);
  if (reason === undefined) renameSync(unfinished, folder);
  return reason;
}
