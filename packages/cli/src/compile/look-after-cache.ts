import { type CachedCode, compiledCodeCache } from '@wasmedge-plugins/core';
import { alignColumns } from '../output/align-columns.js';
import { print, printJson } from '../output/print.js';
import { size } from '../output/size.js';

/** Tells what compiled code is kept. */
export function listCache(json: boolean): void {
  const cache = compiledCodeCache();
  const entries = cache.list();
  if (json) {
    printJson({ directory: cache.directory, entries });
  } else {
    print(entries.length === 0 ? `No compiled code in ${cache.directory}\n` : `${table(entries)}\n`);
  }
}

/** Removes all compiled code. */
export function clearCache(json: boolean): void {
  const cache = compiledCodeCache();
  const removed = cache.list().length;
  cache.clear();
  if (json) {
    printJson({ directory: cache.directory, removed });
  } else {
    print(`Removed ${removed} ${removed === 1 ? 'entry' : 'entries'} from ${cache.directory}\n`);
  }
}

function table(entries: readonly CachedCode[]): string {
  const header = ['guest', 'SHA-256', 'code', 'level', 'size', 'libwasmedge', 'processors', 'last used'];
  const rows = entries.map(({ guest, guestSha256, form, level, bytes, library, portable, usedAt }) => [
    guest,
    guestSha256.slice(0, 12),
    form,
    String(level),
    size(bytes),
    library,
    portable ? 'all' : 'this one',
    usedAt.toISOString().slice(0, 16).replace('T', ' '),
  ]);
  return alignColumns([header, ...rows]);
}
