import { Buffer } from 'node:buffer';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Logger } from '@wasmedge-plugins/core';
import { SecretsFileError } from '../../errors.js';
import type { SecretsOptions } from '../../secrets-options.js';
import { CryptoError } from '../crypto-error.js';
import type { ManagedKeys } from '../managed/managed-key.js';
import type { ManagedKeyStorage } from '../managed/managed-key-store.js';
import { derivationFor, deriveFileKey } from './derive-file-key.js';
import { decodeKeys, encodeKeys } from './encode-keys.js';
import { withFileLock } from './file-lock.js';
import { othersWhoMayWrite } from './others-who-may-write.js';
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
  /** The file itself, whatever links lead to it. */
  #path = '';
  /** Why the last change was not stored; empty when it was. */
  #lastFailure = '';
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
    this.#path = this.#explaining('read', () => this.#resolve());
    const file = this.#read();
    this.#warnOfOthers();
    if (file === undefined) {
      this.#key = deriveFileKey(this.#secrets, this.#salt);
      return new Map();
    }
    const header = readHeader(file);
    if (header === undefined) {
      throw this.#error('is not a file of managed keys, or has a newer version; name another path.');
    }
    if (header.derivation !== derivationFor(this.#secrets)) {
      const other = this.#secrets.passphrase === undefined ? 'a passphrase' : 'a key';
      throw this.#error(`was created with ${other}; use that one.`);
    }
    this.#salt = Uint8Array.from(header.salt);
    this.#key = deriveFileKey(this.#secrets, this.#salt);
    const plaintext = open(this.#key, file);
    if (plaintext === undefined) {
      throw this.#error('cannot be decrypted: the key or passphrase is wrong, or the file was changed.');
    }
    try {
      this.#knownNonce = nonceText(file);
      return decodeKeys(plaintext);
    } catch (cause) {
      throw this.#error('contains a list of keys of another version.', cause);
    } finally {
      plaintext.fill(0);
    }
  }

  /** Throws algorithm_failure, and tells the host why, when the keys could not be stored. */
  save(keys: ManagedKeys): void {
    const plaintext = encodeKeys(keys);
    try {
      this.#explaining('written', () =>
        withFileLock(`${this.#path}.wasi-crypto.lock`, () => {
          this.#refuseForeignChange();
          const sealed = seal(this.#key, derivationFor(this.#secrets), this.#salt, plaintext);
          writeAtomically(this.#path, `${this.#path}.wasi-crypto.tmp`, sealed);
          this.#knownNonce = nonceText(sealed);
        }),
      );
      this.#lastFailure = '';
    } catch (error) {
      this.#logOnce(`A guest's key was not stored. ${error instanceof Error ? error.message : ''}`);
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

  /** Symbolic links are followed once, when the runtime begins: replacing one by the new file would leave its target behind. */
  #resolve(): string {
    const { path } = this.#secrets;
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) {
      return join(realpathSync.native(dirname(path)), basename(path));
    }
    if (stats.isSymbolicLink() && !existsSync(path)) {
      throw this.#error('is a dangling symbolic link; remove it, or name another path.');
    }
    return realpathSync.native(path);
  }

  #read(): Buffer | undefined {
    return this.#explaining('read', () => {
      const descriptor = openIfThere(this.#path);
      if (descriptor === undefined) {
        statSync(dirname(this.#path));
        return undefined;
      }
      try {
        const stats = fstatSync(descriptor);
        if (!stats.isFile() || stats.size > maxFileBytes) {
          throw this.#error('is not a file of managed keys; name another path.');
        }
        return readFileSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
    });
  }

  /** What others may write, they may put back, empty or replace by an older one, although they cannot read it. */
  #warnOfOthers(): void {
    for (const reason of othersWhoMayWrite(this.#path)) {
      this.#log(
        'warn',
        `${this.#error(`${reason}: they could remove keys, or restore an older file.`).message}`,
      );
    }
  }

  /** A guest that tries again and again does not fill the log. */
  #logOnce(message: string): void {
    if (message !== this.#lastFailure) {
      this.#lastFailure = message;
      this.#log('error', message);
    }
  }

  /** Runs what uses the file; errors of the system become ones that name it and say what to do. */
  #explaining<Result>(done: 'read' | 'written', act: () => Result): Result {
    try {
      return act();
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      throw SecretsFileError.isInstance(cause) || code === undefined
        ? cause
        : this.#error(`cannot be ${done} (${code}); ${adviceFor(code)}`, cause);
    }
  }

  #error(what: string, cause?: unknown): SecretsFileError {
    return new SecretsFileError(
      `The file of managed keys ${this.#secrets.path} ${what}`,
      cause === undefined ? {} : { cause },
    );
  }
}

function adviceFor(code: string): string {
  return code === 'ENOENT'
    ? 'its folder does not exist: create it, or name another path.'
    : 'check the path and its permissions.';
}

/** A descriptor of the file; undefined where none is. A link in its place is not followed, a pipe not waited for. */
function openIfThere(path: string): number | undefined {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  try {
    return openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

function nonceText(file: Uint8Array): string {
  return Buffer.from(readHeader(file)?.nonce ?? []).toString('hex') || 'unknown';
}
