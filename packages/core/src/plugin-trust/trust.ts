import type { KeyObject } from 'node:crypto';
import { builtin } from '../builtin.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { isTable } from '../options/is-table.js';
import { isSha256 } from './is-sha256.js';
import { readLockFile } from './lock-file.js';
import type { NativePluginTrust } from './trust-options.js';

/** {@link NativePluginTrust}, checked and read. */
export interface Trust {
  /** Whether a file that nothing vouches for is refused, loaded with a warning, or loaded. */
  readonly unverified: 'refuse' | 'warn' | 'load';
  /** Whether files are looked at before they are loaded. */
  readonly verifies: boolean;
  readonly keys: readonly KeyObject[];
  /** Sums by plug-in name, with their source for messages. */
  readonly pins: ReadonlyMap<string, ReadonlyMap<string, 'pin' | 'lock file'>>;
}

/** Loads everything, verifies nothing. */
export const trustAll: Trust = { unverified: 'load', verifies: false, keys: [], pins: new Map() };

/**
 * Reads trust options.
 *
 * @throws {InvalidArgumentError} when one has the wrong type.
 * @throws {PluginLockError} when the lock file cannot be read.
 */
export function readTrust(options: NativePluginTrust = {}): Trust {
  checkShape(options);
  const { sha256 = {}, lockFile, publicKeys = [] } = options;
  const pins = new Map<string, Map<string, 'pin' | 'lock file'>>();
  const pin = (name: string, sum: string, source: 'pin' | 'lock file') => {
    const sums = pins.get(name) ?? new Map<string, 'pin' | 'lock file'>();
    pins.set(name, sums.set(sum, source));
  };
  if (lockFile !== undefined) {
    for (const [name, files] of Object.entries(readLockFile(lockFile).plugins)) {
      for (const file of files) {
        pin(name, file.sha256, 'lock file');
      }
    }
  }
  for (const [name, sums] of Object.entries(sha256)) {
    // A pin in the program is stricter than a lock file.
    pins.delete(name);
    for (const sum of [sums].flat()) {
      pin(name, sum.toLowerCase(), 'pin');
    }
  }
  const vouches = options.sha256 !== undefined || lockFile !== undefined || options.publicKeys !== undefined;
  const unverified = options.unverified ?? (vouches ? 'refuse' : 'load');
  return {
    unverified,
    verifies: vouches || unverified !== 'load',
    keys: publicKeys.map(readKey),
    pins,
  };
}

function readKey(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = builtin('node:crypto').createPublicKey(pem);
  } catch (cause) {
    throw new InvalidArgumentError(
      `nativePlugins.publicKeys must contain Ed25519 public keys in PEM form: ${(cause as Error).message}.`,
      { cause },
    );
  }
  if (/PRIVATE KEY/.test(pem) || key.asymmetricKeyType !== 'ed25519') {
    throw new InvalidArgumentError(
      `nativePlugins.publicKeys must contain Ed25519 public keys in PEM form, not a ${/PRIVATE KEY/.test(pem) ? 'private' : key.asymmetricKeyType} key.`,
    );
  }
  return key;
}

function checkShape(options: NativePluginTrust): void {
  checkOptionNames<NativePluginTrust>('nativePlugins', options, {
    sha256: true,
    lockFile: true,
    publicKeys: true,
    unverified: true,
  });
  const { sha256, lockFile, publicKeys, unverified } = options;
  require('sha256', 'an object of SHA-256 hashes in hexadecimal, by plug-in name', isSums(sha256));
  require('lockFile', 'the path or file URL of a lock file', lockFile === undefined ||
    lockFile instanceof URL ||
    (typeof lockFile === 'string' && lockFile !== ''));
  require('publicKeys', 'an array of Ed25519 public keys in PEM form', publicKeys === undefined ||
    (Array.isArray(publicKeys) && publicKeys.every((entry) => typeof entry === 'string')));
  require('unverified', 'refuse, warn or load', unverified === undefined ||
    ['refuse', 'warn', 'load'].includes(unverified));
}

function isSums(value: NativePluginTrust['sha256']): boolean {
  return (
    value === undefined ||
    (isTable(value) && Object.values(value).every((sums) => [sums].flat().every(isSha256)))
  );
}

function require(name: string, wanted: string, holds: boolean): void {
  if (!holds) {
    throw new InvalidArgumentError(`The option nativePlugins.${name} must be ${wanted}.`);
  }
}
