import { Buffer } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from '@wasmedge-plugins/core';
import { SecretsFileError } from '../../errors/secrets-file-error.js';
import type { SecretsOptions } from '../../secrets-options.js';
import { CryptoError } from '../crypto-error.js';
import type { ManagedKeys } from '../managed/managed-key.js';
import type { ManagedKeyStorage } from '../managed/managed-key-store.js';
import { derivationFor, deriveFileKey } from './derive-file-key.js';
import { decodeKeys, encodeKeys } from './encode-keys.js';
import { newSalt, open, readHeader, seal } from './sealed-file.js';
import { writeAtomically } from './write-atomically.js';

// More than the bounds of managed keys allow.
const maxFileBytes = 64 * 1024 * 1024;

/** Keeps managed keys in one encrypted file, which is written as a whole at each change. */
export class SecretsFile implements ManagedKeyStorage {
  readonly #secrets: SecretsOptions;
  readonly #log: Logger;
  #key: Uint8Array = new Uint8Array(0);
  #salt = newSalt();
  /** The nonce of the file as this runtime knows it, which differs with every write; empty for no file. */
  #knownNonce = '';

  constructor(secrets: SecretsOptions, log: Logger) {
    this.#secrets = secrets;
    this.#log = log;
  }

  /**
   * Reads the file, if it is there.
   *
   * @throws {SecretsFileError} when it cannot be read or decrypted, or its folder is missing.
   */
  load(): ManagedKeys {
    const file = this.#read();
    if (file === undefined) {
      this.#key = deriveFileKey(this.#secrets, this.#salt);
      return new Map();
    }
    const header = readHeader(file);
    if (header === undefined) {
      throw this.#error('is not a file of managed keys, or of a later version; name another path.');
    }
    if (header.derivation !== derivationFor(this.#secrets)) {
      const other = this.#secrets.passphrase === undefined ? 'a passphrase' : 'a key';
      throw this.#error(`was made with ${other}; give that one.`);
    }
    this.#salt = Uint8Array.from(header.salt);
    this.#key = deriveFileKey(this.#secrets, this.#salt);
    const plaintext = open(this.#key, file);
    if (plaintext === undefined) {
      throw this.#error(
        'cannot be decrypted: the key or passphrase is another one, or the file was changed.',
      );
    }
    try {
      this.#knownNonce = nonceText(file);
      return decodeKeys(plaintext);
    } catch (cause) {
      throw this.#error('holds a list of keys of another version.', cause);
    } finally {
      plaintext.fill(0);
    }
  }

  /** Throws algorithm_failure, and tells the host why, when the keys could not be stored. */
  save(keys: ManagedKeys): void {
    const plaintext = encodeKeys(keys);
    try {
      this.#refuseForeignChange();
      const sealed = seal(this.#key, derivationFor(this.#secrets), this.#salt, plaintext);
      writeAtomically(this.#secrets.path, sealed);
      this.#knownNonce = nonceText(sealed);
    } catch (error) {
      this.#log('error', `A guest's key was not stored. ${error instanceof Error ? error.message : ''}`);
      throw new CryptoError('algorithm_failure');
    } finally {
      plaintext.fill(0);
    }
  }

  [Symbol.dispose](): void {
    this.#key.fill(0);
  }

  #refuseForeignChange(): void {
    const file = this.#read();
    if ((file === undefined ? '' : nonceText(file)) !== this.#knownNonce) {
      throw this.#error('was changed by another program or runtime; give each its own file.');
    }
  }

  #read(): Buffer | undefined {
    const { path } = this.#secrets;
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats === undefined) {
        statSync(dirname(path));
        return undefined;
      }
      if (!stats.isFile() || stats.size > maxFileBytes) {
        throw this.#error('is not a file of managed keys; name another path.');
      }
      return readFileSync(path);
    } catch (cause) {
      throw SecretsFileError.isInstance(cause)
        ? cause
        : this.#error(
            `cannot be read (${(cause as NodeJS.ErrnoException).code}); check path and rights.`,
            cause,
          );
    }
  }

  #error(what: string, cause?: unknown): SecretsFileError {
    return new SecretsFileError(
      `The file of managed keys ${this.#secrets.path} ${what}`,
      cause === undefined ? {} : { cause },
    );
  }
}

function nonceText(file: Uint8Array): string {
  return Buffer.from(readHeader(file)?.nonce ?? []).toString('hex') || 'unknown';
}
