import { checkOptionNames, InvalidArgumentError } from '@wasmedge-plugins/core';
import { WasiCryptoError } from '../errors.js';
import type {
  EncryptionAlgorithm,
  HashAlgorithm,
  KeyDerivationHash,
  MacAlgorithm,
  SymmetricKeyAlgorithm,
} from './algorithm-names.js';
import { none, type OptionalHandle } from './call-arguments.js';
import { type CryptoData, checkBytes, piecesOf } from './data.js';
import { HandleOwner } from './handle-owner.js';
import { SymmetricKey } from './keys.js';
import type { PluginCalls } from './plugin-calls.js';
import { whileOpen } from './while-open.js';

/** The input from which HKDF (RFC 5869) derives a key. */
export interface KeyDerivation {
  /** A secret that need not be uniform, for example an agreed one. */
  readonly keyingMaterial: Uint8Array;
  /** Random bytes that need not be secret. Default: none. */
  readonly salt?: Uint8Array | undefined;
  /** The context that the key is bound to. Default: none. */
  readonly info?: Uint8Array | undefined;
  /** Bytes to derive: 0 to 255 times the size of the hash. */
  readonly length: number;
}

/** The input of one encryption or decryption. */
export interface Encryption {
  /** 12 bytes, or 24 for XChaCha20-Poly1305. Never use one twice with the same key. */
  readonly nonce: Uint8Array;
  /** The plaintext, or the ciphertext followed by its 16-byte tag. */
  readonly data: Uint8Array;
  /** Data that is not encrypted, but authenticated with the rest. Default: nothing. */
  readonly additionalData?: Uint8Array | undefined;
}

/** A client's functions for hashes and symmetric keys. Every function may throw {@link WasiCryptoError}, and `DisposedError` once the client or the key is gone. */
export interface SymmetricClient {
  /**
   * The whole digest.
   *
   * @throws {WasiCryptoError} `unsupported_algorithm` for another name.
   * @throws {InvalidArgumentError} when the data is not bytes.
   * @throws {DisposedError} once the client is gone.
   */
  hash(algorithm: HashAlgorithm, data: CryptoData): Uint8Array<ArrayBuffer>;
  /**
   * A new key of the algorithm's usual size.
   *
   * @throws {WasiCryptoError} `unsupported_algorithm` for another name.
   * @throws {DisposedError} once the client is gone.
   */
  generateKey<Algorithm extends SymmetricKeyAlgorithm>(algorithm: Algorithm): SymmetricKey<Algorithm>;
  /**
   * A key of the given bytes. The native plug-in takes any number of them, and refuses a wrong one when the key is used.
   *
   * @throws {WasiCryptoError} `unsupported_algorithm` for another name, `invalid_key` for a number of bytes that the algorithm has no keys of.
   * @throws {InvalidArgumentError} when `bytes` is not a `Uint8Array`.
   * @throws {DisposedError} once the client is gone.
   */
  importKey<Algorithm extends SymmetricKeyAlgorithm>(
    algorithm: Algorithm,
    bytes: Uint8Array,
  ): SymmetricKey<Algorithm>;
  /**
   * The whole tag.
   *
   * @throws {WasiCryptoError} when the plug-in refuses.
   * @throws {InvalidArgumentError} when the data is not bytes, or for a key that this client did not make.
   * @throws {DisposedError} once the client or a key is gone.
   */
  mac(key: SymmetricKey<MacAlgorithm>, data: CryptoData): Uint8Array<ArrayBuffer>;
  /**
   * Whether a tag is the data's tag under the key, compared in constant time.
   *
   * @throws {WasiCryptoError} when the plug-in refuses.
   * @throws {InvalidArgumentError} when the data or the tag is not bytes, or for a key that this client did not make.
   * @throws {DisposedError} once the client or a key is gone.
   */
  verifyMac(key: SymmetricKey<MacAlgorithm>, data: CryptoData, tag: Uint8Array): boolean;
  /**
   * Bytes derived by HKDF.
   *
   * @throws {WasiCryptoError} `unsupported_algorithm` for a hash that the provider lacks, `overflow` for more `info` than the README allows.
   * @throws {InvalidArgumentError} for an option that does not exist or has the wrong type, and a `length` of more than 255 times the size of the hash.
   * @throws {DisposedError} once the client is gone.
   */
  derive(hash: KeyDerivationHash, derivation: KeyDerivation): Uint8Array<ArrayBuffer>;
  /**
   * The ciphertext, followed by the 16-byte tag.
   *
   * @throws {WasiCryptoError} `invalid_nonce` for a nonce of another size.
   * @throws {InvalidArgumentError} for an option that does not exist or has the wrong type, or for a key that this client did not make.
   * @throws {DisposedError} once the client or a key is gone.
   */
  encrypt(key: SymmetricKey<EncryptionAlgorithm>, encryption: Encryption): Uint8Array<ArrayBuffer>;
  /**
   * The plaintext.
   *
   * @throws {WasiCryptoError} `invalid_tag` when anything was changed, `invalid_length` for less than a tag, `invalid_nonce` for a nonce of another
   * size.
   * @throws {InvalidArgumentError} for an option that does not exist or has the wrong type, or for a key that this client did not make.
   * @throws {DisposedError} once the client or a key is gone.
   */
  decrypt(key: SymmetricKey<EncryptionAlgorithm>, encryption: Encryption): Uint8Array<ArrayBuffer>;
}

const tagBytes = 16;
const digestBytes: Readonly<Record<HashAlgorithm, number>> = {
  'SHA-256': 32,
  'SHA-384': 48,
  'SHA-512': 64,
  'SHA-512/256': 32,
};
const maxDigestBytes = 64;
/** The number of the type `symmetric`. */
const symmetricType = 1;

/** The functions for hashes and symmetric keys, on the plug-in. */
export function symmetricClient(calls: PluginCalls): SymmetricClient {
  const handleOf = (key: HandleOwner) => HandleOwner.handleOf(key, calls);

  function withState<Result>(
    algorithm: string,
    key: number | undefined,
    options: OptionalHandle,
    use: (state: number) => Result,
  ): Result {
    const state = calls.number('symmetric_state_open', algorithm, { optional: key }, options);
    return whileOpen(calls, 'symmetric_state_close', state, () => use(state));
  }

  function absorb(state: number, data: CryptoData): void {
    for (const piece of piecesOf(data)) {
      calls.act('symmetric_state_absorb', state, piece);
    }
  }

  /** `use` closes the tag. */
  function withTag<Result>(
    key: SymmetricKey<MacAlgorithm>,
    data: CryptoData,
    use: (tag: number) => Result,
  ): Result {
    return withState(key.algorithm, handleOf(key), none, (state) => {
      absorb(state, data);
      return use(calls.number('symmetric_state_squeeze_tag', state));
    });
  }

  function withNonce<Result>(
    key: SymmetricKey<EncryptionAlgorithm>,
    { nonce, additionalData = new Uint8Array(0) }: Encryption,
    use: (state: number) => Result,
  ): Result {
    const options = calls.number('options_open', symmetricType);
    return whileOpen(calls, 'options_close', options, () => {
      calls.act('options_set', options, 'nonce', nonce);
      return withState(key.algorithm, handleOf(key), { optional: options }, (state) => {
        absorb(state, additionalData);
        return use(state);
      });
    });
  }

  return {
    hash(algorithm, data) {
      return withState(algorithm, undefined, none, (state) => {
        absorb(state, data);
        return calls.bytes('symmetric_state_squeeze', 0, state, {
          room: Object.hasOwn(digestBytes, algorithm) ? digestBytes[algorithm] : 0,
        });
      });
    },
    generateKey(algorithm) {
      return new SymmetricKey(calls, algorithm, calls.number('symmetric_key_generate', algorithm, none));
    },
    importKey(algorithm, bytes) {
      checkBytes(bytes, 'A key');
      return new SymmetricKey(calls, algorithm, calls.number('symmetric_key_import', algorithm, bytes));
    },
    mac: (key, data) => withTag(key, data, (tag) => calls.takeTag(tag)),
    verifyMac(key, data, expected) {
      checkBytes(expected, 'A tag');
      return withTag(key, data, (tag) =>
        whileOpen(calls, 'symmetric_tag_close', tag, () => {
          // The native plug-in compares only as many bytes as it is given.
          if (expected.byteLength !== calls.number('symmetric_tag_len', tag)) {
            return false;
          }
          return isTag(() => calls.act('symmetric_tag_verify', tag, expected));
        }),
      );
    },
    derive(hash, derivation) {
      checkOptionNames<KeyDerivation>('derive()', derivation, {
        keyingMaterial: true,
        salt: true,
        info: true,
        length: true,
      });
      const { keyingMaterial, salt = new Uint8Array(0), info = new Uint8Array(0), length } = derivation;
      checkBytes(keyingMaterial, 'The keying material');
      checkBytes(salt, 'The salt');
      checkBytes(info, 'The info');
      const hashBytes = Object.hasOwn(digestBytes, hash) ? digestBytes[hash] : maxDigestBytes;
      checkLength(length, 255 * hashBytes);
      const extractName = `HKDF-EXTRACT/${hash}`;
      const expandName = `HKDF-EXPAND/${hash}`;
      const material = calls.number('symmetric_key_import', extractName, keyingMaterial);
      const key = whileOpen(calls, 'symmetric_key_close', material, () =>
        withState(extractName, material, none, (state) => {
          absorb(state, saltOrZeros(salt, hashBytes));
          return calls.number('symmetric_state_squeeze_key', state, expandName);
        }),
      );
      return whileOpen(calls, 'symmetric_key_close', key, () =>
        withState(expandName, key, none, (state) => {
          absorb(state, info);
          return calls.bytes('symmetric_state_squeeze', 0, state, { room: length });
        }),
      );
    },
    encrypt(key, encryption) {
      checkEncryption('encrypt()', encryption);
      const room = encryption.data.byteLength + tagBytes;
      return withNonce(key, encryption, (state) =>
        calls.bytes('symmetric_state_encrypt', 1, state, { room }, encryption.data),
      );
    },
    decrypt(key, encryption) {
      checkEncryption('decrypt()', encryption);
      const room = Math.max(0, encryption.data.byteLength - tagBytes);
      return withNonce(key, encryption, (state) =>
        calls.bytes('symmetric_state_decrypt', 1, state, { room }, encryption.data),
      );
    },
  };
}

function checkEncryption(subject: string, encryption: Encryption): void {
  checkOptionNames<Encryption>(subject, encryption, { nonce: true, data: true, additionalData: true });
  checkBytes(encryption.nonce, 'A nonce');
  checkBytes(encryption.data, 'The data');
}

function isTag(verify: () => void): boolean {
  try {
    verify();
    return true;
  } catch (error) {
    if (WasiCryptoError.isInstance(error) && error.errnoName === 'invalid_tag') {
      return false;
    }
    throw error;
  }
}

/** No salt is zeros (RFC 5869, section 2.2), and so is an empty one, which the native plug-in cannot hash with. */
function saltOrZeros(salt: Uint8Array, hashBytes: number): Uint8Array {
  return salt.byteLength === 0 ? new Uint8Array(hashBytes) : salt;
}

function checkLength(length: unknown, max: number): void {
  if (!Number.isInteger(length) || (length as number) < 0 || (length as number) > max) {
    throw new InvalidArgumentError(`length must be a whole number of bytes from 0 to ${max}.`);
  }
}
