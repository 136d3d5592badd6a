import { existsSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { shownName } from '../errors/printable.js';
import type { Logger } from '../logger/logger.js';
import { type CachePlaces, cachePlaces } from './cache-places.js';
import { makeSecret, readSecret } from './cache-secret.js';
import { type CodeTarget, codeKey, sha256Of } from './code-key.js';
import { type FileLock, takeLock, tryLock } from './file-lock.js';
import type { KeptCode } from './kept-code.js';
import { placeOwnFile, readOwnFile } from './own-file.js';
import { hasOwnFolder, makeOwnFolder, whyNotWritable } from './own-folder.js';
import { makeSeal, maxSealBytes, openSeal, type SealedFacts } from './seal.js';
import { type CacheBounds, type CacheEntry, clearCache, listCache, trimCache } from './tidy-cache.js';

/** Where the cache of compiled code is, and how much it may hold. */
export interface AotCacheOptions {
  /**
   * Its folder. Nobody but the user may have write access to it. Default: the variable
   * `WASMEDGE_PLUGINS_AOT_CACHE`, then `wasmedge-plugins/aot` in `XDG_CACHE_HOME`, `~/.cache`, or on Windows in
   * `LOCALAPPDATA`.
   */
  readonly directory?: string | undefined;
  /** The most bytes of compiled code that are kept; the least recently used goes first. Default: 1 GiB. */
  readonly maxBytes?: number | undefined;
  /** The most guests whose code is kept. Default: 1000. */
  readonly maxEntries?: number | undefined;
}

const defaultBounds: CacheBounds = { maxBytes: 2 ** 30, maxEntries: 1000 };

/** Folders of which somebody was told that nothing can be kept in them, in this thread. */
const told = new Set<string>();

/**
 * Compiled code on the disk. It is native code, so nothing of it is believed: a file is named after its hash, and a seal, which lies apart
 * and which only somebody can make who can read the user's secret, says which hash belongs to which guest. Both are checked at each load.
 */
export class AotCache {
  readonly #places: CachePlaces;
  readonly #bounds: CacheBounds;
  readonly #logger: Logger;
  /** What was refused since it was last written, so that it is logged once, although a load looks several times. */
  readonly #refused = new Set<string>();

  constructor(options: AotCacheOptions, logger: Logger) {
    const { directory, maxBytes = defaultBounds.maxBytes, maxEntries = defaultBounds.maxEntries } = options;
    this.#places = cachePlaces(directory);
    this.#bounds = { maxBytes, maxEntries };
    this.#logger = logger;
  }

  /** Its folder. */
  get directory(): string {
    return this.#places.root;
  }

  /**
   * The code of a guest, if there is any that was made here.
   *
   * @param guestSha256 that of `guestToCompile()`.
   * @throws {AotCacheError} when other users can write to the cache.
   */
  find(guestSha256: string, target: CodeTarget): KeptCode | undefined {
    if (!this.#isThere()) return undefined;
    const secret = readSecret(this.#places.state);
    if (secret === undefined) return undefined;
    const key = codeKey(guestSha256, target);
    const path = join(this.#places.seals, key);
    const seal = readOwnFile(path, maxSealBytes);
    if (seal === undefined) return undefined;
    const facts = openSeal(secret, key, seal);
    if (facts === undefined)
      return this.#refuse(path, 'was not written by this user with the current secret');
    const file = join(this.#places.code, facts.sha256);
    const bytes = readOwnFile(file, facts.bytes);
    // It may have gone since: it was the one that had not been used for longest.
    if (bytes === undefined && !existsSync(file)) return undefined;
    if (bytes === undefined || sha256Of(bytes) !== facts.sha256) {
      return this.#refuse(file, 'is not what was compiled, or is not private to the user');
    }
    markUsed(path);
    return { bytes, form: facts.form, level: facts.level };
  }

  /**
   * Keeps the code of a guest, if it can; what stands in the way is logged once.
   *
   * @param label what messages call the guest.
   * @returns whether it is kept.
   * @throws {AotCacheError} when other users can write to the cache.
   */
  store(guestSha256: string, target: CodeTarget, label: string, bytes: Uint8Array): boolean {
    const { root, code, state, seals } = this.#places;
    const key = codeKey(guestSha256, target);
    const { form, level, portable, library } = target;
    const sha256 = sha256Of(bytes);
    return this.#attempt(() => {
      for (const folder of [root, code, state, seals]) makeOwnFolder(folder);
      const secret = makeSecret(state);
      const facts: SealedFacts = {
        ...{ sha256, bytes: bytes.byteLength, form, level, portable },
        ...{ guest: shownName(label), guestSha256, library: library.version },
      };
      // In this order: a seal never tells of a file that is not there yet.
      placeOwnFile(join(code, sha256), bytes);
      placeOwnFile(join(seals, key), makeSeal(secret, key, facts));
      this.#refused.delete(join(code, sha256));
      this.#refused.delete(join(seals, key));
      using lock = this.#tryLock('tidy');
      if (lock !== undefined) trimCache(this.#places, secret, this.#bounds, join(seals, key));
    });
  }

  /**
   * Waits until nobody else compiles this guest.
   *
   * @throws {AotCacheError} when other users can write to the cache.
   * @throws the signal's reason when it ends the wait.
   */
  async lock(guestSha256: string, target: CodeTarget, signal: AbortSignal | undefined): Promise<FileLock> {
    this.#attempt(() => makeOwnFolder(this.#places.locks));
    // Few files, which stay: to remove one that another process is about to lock would let two have it.
    const name = codeKey(guestSha256, target).slice(0, 2);
    return takeLock(join(this.#places.locks, name), signal);
  }

  /**
   * Its contents, the most recently used first.
   *
   * @throws {AotCacheError} when other users can write to the cache.
   */
  list(): readonly CacheEntry[] {
    const secret = this.#isThere() ? readSecret(this.#places.state) : undefined;
    return secret === undefined ? [] : listCache(this.#places, secret);
  }

  /**
   * Removes all of it.
   *
   * @throws {AotCacheError} when other users can write to the cache.
   */
  clear(): void {
    if (this.#isThere()) clearCache(this.#places);
  }

  /**
   * Why nothing can be kept in it, in the system's words; `undefined` when something can.
   *
   * @throws {AotCacheError} when other users can write to the cache.
   */
  whyNotKept(): string | undefined {
    const { root, code, state, seals } = this.#places;
    return [root, code, state, seals].map(whyNotWritable).find((problem) => problem !== undefined);
  }

  /** Whether it is there, and nobody else can write to it. */
  #isThere(): boolean {
    const { root, code, state, seals } = this.#places;
    return [root, code, state, seals].map(hasOwnFolder).every(Boolean);
  }

  #tryLock(name: string): FileLock | undefined {
    makeOwnFolder(this.#places.locks);
    return tryLock(join(this.#places.locks, name));
  }

  #refuse(path: string, why: string): undefined {
    if (!this.#refused.has(path)) {
      this.#refused.add(path);
      this.#logger('warn', `Compiled code was not used: ${path} ${why}. It is compiled again.`);
    }
    return undefined;
  }

  /** Does what the system may refuse: a full disk, or a folder that cannot be written. Whether it was done. */
  #attempt(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
      const { root } = this.#places;
      if (told.has(root)) return false;
      told.add(root);
      this.#logger(
        'warn',
        `Compiled code cannot be stored in ${root}: ${(error as Error).message}. Each process compiles it again.`,
      );
      return false;
    }
  }
}

/** What was not used for longest goes first; in a folder that cannot be written, nothing goes. */
function markUsed(seal: string): void {
  const now = new Date();
  try {
    utimesSync(seal, now, now);
  } catch {}
}
