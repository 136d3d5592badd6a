import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CachePlaces } from './cache-places.js';
import { readOwnFile } from './own-file.js';
import { maxSealBytes, openSeal, type SealedFacts } from './seal.js';

/** How much stays. */
export interface CacheBounds {
  readonly maxBytes: number;
  readonly maxEntries: number;
}

/** Compiled code in the cache. */
export interface CacheEntry extends SealedFacts {
  /** When it was used last, or made. */
  readonly usedAt: Date;
  /** The file of its seal. */
  readonly seal: string;
}

/** As long as this, a file without a seal may belong to a process that is about to write the seal. */
const graceMs = 60 * 60 * 1000;
const isOurs = /^[0-9a-f]{64}(\.[0-9a-f-]{36})?$/;

/** What is in the cache, the latest used first. */
export function listCache({ seals, code }: CachePlaces, secret: Uint8Array): CacheEntry[] {
  const entries = namesIn(seals).flatMap((key) => {
    const path = join(seals, key);
    const seal = readOwnFile(path, maxSealBytes);
    const facts = seal === undefined ? undefined : openSeal(secret, key, seal);
    const usedAt = timeOf(path);
    if (facts === undefined || usedAt === undefined || timeOf(join(code, facts.sha256)) === undefined)
      return [];
    return [{ ...facts, usedAt, seal: path }];
  });
  return entries.sort((a, b) => b.usedAt.getTime() - a.usedAt.getTime());
}

/**
 * Removes what is beyond the bounds, and what nobody can use any more. Whoever reads a file meanwhile has it open, and reads it to its end.
 */
export function trimCache(
  places: CachePlaces,
  secret: Uint8Array,
  bounds: CacheBounds,
  madeSeal: string,
): void {
  const kept = new Set<string>();
  // Times do not tell which was made last: the system's clock for files is some milliseconds behind that of Node.js.
  const isMade = ({ seal }: { readonly seal: string }) => Number(seal === madeSeal);
  const entries = [...listCache(places, secret)].sort((a, b) => isMade(b) - isMade(a));
  let bytes = 0;
  let count = 0;
  for (const { seal, sha256, bytes: length } of entries) {
    bytes += kept.has(sha256) ? 0 : length;
    // The one that has just been made stays, however large it is.
    if (count > 0 && (count >= bounds.maxEntries || bytes > bounds.maxBytes)) {
      // The seal first: none tells of a file that is gone.
      rmSync(seal, { force: true });
      if (!kept.has(sha256)) rmSync(join(places.code, sha256), { force: true });
    } else {
      kept.add(sha256);
      count++;
    }
  }
  const seals = new Set(entries.map(({ seal }) => seal));
  removeOld(places.seals, (path) => seals.has(path));
  removeOld(places.code, (_path, name) => kept.has(name));
}

/** Removes everything that is ours. */
export function clearCache({ seals, code }: CachePlaces): void {
  for (const folder of [seals, code]) {
    for (const name of namesIn(folder)) rmSync(join(folder, name), { force: true });
  }
}

function namesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => isOurs.test(name));
}

function timeOf(path: string): Date | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.mtime;
}

/** Removes what nobody knows, unless somebody may be about to. */
function removeOld(folder: string, isKnown: (path: string, name: string) => boolean): void {
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    const age = Date.now() - (timeOf(path)?.getTime() ?? Date.now());
    if (!isKnown(path, name) && age > graceMs) rmSync(path, { force: true });
  }
}
