// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { capture } from '../lib/run.mjs';

/**
 * Looks for libwasmedge and its headers: the variable WASMEDGE_LIBRARY, the loader's own list, the usual places.
 * @returns {{ library?: string, includeFolder?: string }}
 */
export function findLibwasmedge() {
  const library = findLibrary();
  const includeFolder = [
    ...(library === undefined
      ? []
      : [join(dirname(library), '../include'), join(dirname(library), '../../include')]),
    join(homedir(), '.wasmedge/include'),
    '/usr/local/include',
    '/opt/homebrew/include',
    '/usr/include',
  ].find((folder) => existsSync(join(folder, 'wasmedge/wasmedge.h')));
  return {
    ...(library === undefined ? {} : { library }),
    ...(includeFolder === undefined ? {} : { includeFolder }),
  };
}

function findLibrary() {
  const named = process.env.WASMEDGE_LIBRARY;
  if (named) return existsSync(named) ? named : undefined;
  const listed = /libwasmedge\.so\S* .*=> (\S+)/.exec(capture('/sbin/ldconfig', ['-p']).stdout)?.[1];
  if (listed !== undefined && existsSync(listed)) return listed;
  const folders = ['.wasmedge/lib64', '.wasmedge/lib'].map((folder) => join(homedir(), folder));
  for (const folder of [...folders, '/usr/local/lib64', '/usr/local/lib', '/opt/homebrew/lib']) {
    if (!existsSync(folder)) continue;
    const file = readdirSync(folder).find((name) => /^libwasmedge\.(so|dylib|\d+\.dylib)/.test(name));
    if (file !== undefined) return join(folder, file);
  }
  return undefined;
}
