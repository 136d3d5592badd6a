import { checkOptionNames, InvalidArgumentError, type OptionReading } from '@wasmedge-plugins/core';

/** Where managed keys are kept beyond the life of a runtime: an encrypted file. */
export type SecretsOptions = SecretsPath & (SecretsKey | SecretsPassphrase);

/** The file. */
export interface SecretsPath {
  /**
   * Path of the file. It is created when a guest first stores a key, readable by its owner only; its folder must exist. A file belongs to
   * one runtime at a time: a change that would undo another runtime's change is refused.
   */
  readonly path: string;
}

/** A file encrypted under a key. */
export interface SecretsKey {
  /** 32 random bytes, for example from `crypto.randomBytes(32)`; copied. */
  readonly key: Uint8Array;
  /** A passphrase in place of the key. Default: none; one of the two must be given. */
  readonly passphrase?: undefined;
}

/** A file encrypted under a passphrase. */
export interface SecretsPassphrase {
  /** Turned into a key by scrypt with N = 2^17, r = 8, p = 1, which takes a few tenths of a second and 128 MiB for each runtime. Must not be empty. */
  readonly passphrase: string;
  /** A key in place of the passphrase. Default: none; one of the two must be given. */
  readonly key?: undefined;
}

/** Bytes of {@link SecretsKey.key}. */
export const secretsKeyBytes = 32;

/**
 * Reads the option as it comes from JavaScript. No message shows a key or a passphrase.
 *
 * @throws {InvalidArgumentError} when something is unknown or has the wrong type or size.
 */
export function readSecrets(
  secrets: SecretsOptions | undefined,
  { subject, refusal }: OptionReading,
): SecretsOptions | undefined {
  if (secrets === undefined) {
    return undefined;
  }
  if (typeof secrets !== 'object' || secrets === null) {
    throw refusal("an object such as { path: 'keys.bin', passphrase }");
  }
  const known = { path: true, key: true, passphrase: true } as const;
  checkOptionNames<SecretsOptions>(`${subject}: secrets`, secrets, known);
  const { path, key, passphrase } = secrets;
  if (typeof path !== 'string' || path === '' || path.includes('\0')) {
    throw refusal('the path of a file', 'secrets.path');
  }
  if ((key === undefined) === (passphrase === undefined)) {
    throw new InvalidArgumentError(`${subject}: secrets needs either a key or a passphrase, not both.`);
  }
  if (passphrase !== undefined) {
    if (typeof passphrase !== 'string' || passphrase === '') {
      throw refusal('a string that is not empty', 'secrets.passphrase');
    }
    return { path, passphrase };
  }
  if (!(key instanceof Uint8Array) || key.byteLength !== secretsKeyBytes) {
    throw refusal(`a Uint8Array of ${secretsKeyBytes} bytes`, 'secrets.key');
  }
  // One of its own: what uses it may wipe it.
  return { path, key: Uint8Array.from(key) };
}
