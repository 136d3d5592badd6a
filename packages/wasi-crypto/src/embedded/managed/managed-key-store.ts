import { randomBytes } from 'node:crypto';
import type { ByteBudget } from '../byte-budget.js';
import { CryptoError } from '../crypto-error.js';
import type { ManagedKey, ManagedKeyDescription, ManagedKeys, ManagedReference } from './managed-key.js';
import { version as special } from './version.js';

/** Where managed keys are kept for longer than a runtime lives. */
export interface ManagedKeyStorage extends Disposable {
  load(): ManagedKeys;
  /** Returns when the keys are stored durably; throws when they are not. */
  save(keys: ManagedKeys): void;
}

/** Bytes of an identifier: 128 random bits, as in a UUID. */
export const managedIdBytes = 16;

const firstVersion = 1n;
// Bounds of what guests can make a host store. A file is encrypted and written as a whole at each change, while the guest waits.
const maxVersions = 1024;
const maxSecretBytes = 16_384;
const maxStoredBytes = 4 * 1024 * 1024;

/** Where managed keys are kept besides memory, or whose memory it is. */
export type ManagedKeyPlace = { readonly storage: ManagedKeyStorage } | { readonly budget: ByteBudget };

/** Managed keys, in memory and, where there is a storage, in it before a change is told to a guest. */
export class ManagedKeyStore implements Disposable {
  readonly #storage: ManagedKeyStorage | undefined;
  /** What counts the bytes of guests, of which there may be many at a time. There is one storage, which has a bound of its own. */
  readonly #budget: ByteBudget | undefined;
  #keys: ManagedKeys;

  constructor(place: ManagedKeyPlace) {
    const storage = 'storage' in place ? place.storage : undefined;
    this.#storage = storage;
    this.#budget = 'budget' in place ? place.budget : undefined;
    this.#keys = storage?.load() ?? new Map();
  }

  /** Stores a new key under a new identifier. Copies the secret. */
  create(description: ManagedKeyDescription, secret: Uint8Array): ManagedReference {
    const id = randomBytes(managedIdBytes).toString('hex');
    this.#add(id, { ...description, versions: new Map(), nextVersion: firstVersion }, secret);
    return { id, version: firstVersion };
  }

  /** Adds a version to a key; the ones before stay. */
  addVersion(id: string, description: ManagedKeyDescription, secret: Uint8Array): ManagedReference {
    const key = this.#keys.get(id);
    if (key === undefined) {
      throw new CryptoError('not_found');
    }
    if (
      key.kind !== description.kind ||
      key.type !== description.type ||
      key.algorithm !== description.algorithm
    ) {
      throw new CryptoError('incompatible_keys');
    }
    this.#add(id, key, secret);
    return { id, version: key.nextVersion };
  }

  /** The key and the exact version of an exact or the latest version; throws not_found. The secret is not a copy. */
  find(id: string, kind: ManagedKeyDescription['kind'], version: bigint) {
    const key = this.#keys.get(id);
    const exact = version === special.latest ? latestOf(key) : version;
    const secret = key?.versions.get(exact);
    if (key === undefined || secret === undefined || key.kind !== kind) {
      throw new CryptoError('not_found');
    }
    return { key, secret, version: exact };
  }

  /** Removes one, the latest or all versions for good; throws not_found. */
  invalidate(id: string, version: bigint): void {
    const key = this.#keys.get(id);
    if (key === undefined) {
      throw new CryptoError('not_found');
    }
    const kept = new Map(key.versions);
    if (version === special.all) {
      kept.clear();
    } else if (!kept.delete(version === special.latest ? latestOf(key) : version)) {
      throw new CryptoError('not_found');
    }
    if (kept.size > 0) {
      this.#put(id, { ...key, versions: kept });
    } else {
      const keys = new Map(this.#keys);
      keys.delete(id);
      this.#replace(keys);
    }
    for (const [number, secret] of key.versions) {
      if (!kept.has(number)) {
        this.#wipe(secret);
      }
    }
  }

  [Symbol.dispose](): void {
    for (const { versions } of this.#keys.values()) {
      for (const secret of versions.values()) {
        this.#wipe(secret);
      }
    }
    this.#keys = new Map();
    this.#storage?.[Symbol.dispose]();
  }

  #add(id: string, key: ManagedKey, secret: Uint8Array): void {
    const copy = this.#copy(secret);
    const versions = new Map(key.versions).set(key.nextVersion, copy);
    try {
      this.#put(id, { ...key, versions, nextVersion: key.nextVersion + 1n });
    } catch (error) {
      this.#wipe(copy);
      throw error;
    }
  }

  #put(id: string, key: ManagedKey): void {
    this.#replace(new Map(this.#keys).set(id, key));
  }

  #replace(keys: ManagedKeys): void {
    this.#storage?.save(keys);
    this.#keys = keys;
  }

  #copy(secret: Uint8Array): Uint8Array {
    checkSecretSize(secret);
    let count = 0;
    let bytes = secret.byteLength;
    for (const { versions } of this.#keys.values()) {
      count += versions.size;
      for (const { byteLength } of versions.values()) {
        bytes += byteLength;
      }
    }
    if (count >= maxVersions || bytes > maxStoredBytes) {
      throw new CryptoError('overflow');
    }
    this.#budget?.reserve(secret.byteLength, 'overflow');
    return Uint8Array.from(secret);
  }

  #wipe(secret: Uint8Array): void {
    secret.fill(0);
    this.#budget?.release(secret.byteLength);
  }
}

/** Throws overflow for a secret that cannot be stored. */
export function checkSecretSize({ byteLength }: Uint8Array): void {
  if (byteLength > maxSecretBytes) {
    throw new CryptoError('overflow');
  }
}

/** The latest version there is; the special value itself, which no version has, when there is none. */
function latestOf(key: ManagedKey | undefined): bigint {
  return [...(key?.versions.keys() ?? [])].at(-1) ?? special.latest;
}
