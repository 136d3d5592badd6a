import { WasiCryptoError } from '../errors.js';
import {
  algorithmTypeNumber,
  type KeyAgreementAlgorithm,
  type KeyEncapsulationAlgorithm,
  type KeyPairAlgorithm,
  type PublicEncoding,
  type SecretEncoding,
  type SignatureAlgorithm,
  type SignatureEncoding,
} from './algorithm-names.js';
import { none } from './call-arguments.js';
import { type CryptoData, checkBytes, piecesOf } from './data.js';
import { HandleOwner } from './handle-owner.js';
import { importKey } from './key-transfer.js';
import { KeyPair, PublicKey, SecretKey } from './keys.js';
import type { PluginCalls } from './plugin-calls.js';
import { signatureForm } from './signature-form.js';
import { whileOpen } from './while-open.js';

/** A secret, and the bytes from which the key's owner recovers it. */
export interface EncapsulatedSecret {
  /** The secret; derive keys from it. */
  readonly secret: Uint8Array<ArrayBuffer>;
  /** The bytes to send to the key's owner. */
  readonly encapsulated: Uint8Array<ArrayBuffer>;
}

/** A client's functions for key pairs. Every function may throw {@link WasiCryptoError}, and `DisposedError` once the client or the key is gone. */
export interface AsymmetricClient {
  /**
   * A new key pair.
   *
   * @throws {WasiCryptoError} `unsupported_algorithm` for an algorithm that the provider lacks.
   * @throws {DisposedError} once the client is gone.
   */
  generateKeyPair<Algorithm extends KeyPairAlgorithm>(algorithm: Algorithm): KeyPair<Algorithm>;
  /**
   * A key pair from bytes; PEM is ASCII. A raw pair is the secret scalar, or both halves as the README says.
   *
   * @throws {WasiCryptoError} `invalid_key` when the bytes are not such a key, `unsupported_encoding` when the algorithm does not have the encoding.
   * @throws {InvalidArgumentError} when `bytes` is not a `Uint8Array`, or for an encoding that does not exist.
   * @throws {DisposedError} once the client is gone.
   */
  importKeyPair<Algorithm extends KeyPairAlgorithm>(
    algorithm: Algorithm,
    bytes: Uint8Array,
    encoding: SecretEncoding<Algorithm>,
  ): KeyPair<Algorithm>;
  /**
   * A public key from bytes; PEM is ASCII.
   *
   * @throws {WasiCryptoError} `invalid_key` when the bytes are not such a key, `unsupported_encoding` when the algorithm does not have the encoding.
   * @throws {InvalidArgumentError} when `bytes` is not a `Uint8Array`, or for an encoding that does not exist.
   * @throws {DisposedError} once the client is gone.
   */
  importPublicKey<Algorithm extends KeyPairAlgorithm>(
    algorithm: Algorithm,
    bytes: Uint8Array,
    encoding: PublicEncoding<Algorithm>,
  ): PublicKey<Algorithm>;
  /**
   * A secret key from bytes; PEM is ASCII.
   *
   * @throws {WasiCryptoError} `invalid_key` when the bytes are not such a key, `unsupported_encoding` when the algorithm does not have the encoding.
   * @throws {InvalidArgumentError} when `bytes` is not a `Uint8Array`, or for an encoding that does not exist.
   * @throws {DisposedError} once the client is gone.
   */
  importSecretKey<Algorithm extends KeyPairAlgorithm>(
    algorithm: Algorithm,
    bytes: Uint8Array,
    encoding: SecretEncoding<Algorithm>,
  ): SecretKey<Algorithm>;
  /**
   * A pair of two keys.
   *
   * @throws {WasiCryptoError} `incompatible_keys` when they do not belong together.
   * @throws {InvalidArgumentError} for a key that this client did not make.
   * @throws {DisposedError} once the client or a key is gone.
   */
  keyPairOf<Algorithm extends KeyPairAlgorithm>(
    publicKey: PublicKey<Algorithm>,
    secretKey: SecretKey<NoInfer<Algorithm>>,
  ): KeyPair<Algorithm>;
  /**
   * The signature of a message. `encoding` is `raw` by default: r and s for ECDSA.
   *
   * @throws {WasiCryptoError} `unsupported_encoding` when the algorithm does not have the encoding.
   * @throws {InvalidArgumentError} when the message is not bytes, or for a key that this client did not make.
   * @throws {DisposedError} once the client or a key is gone.
   */
  sign<Algorithm extends SignatureAlgorithm>(
    keyPair: KeyPair<Algorithm>,
    message: CryptoData,
    encoding?: SignatureEncoding<NoInfer<Algorithm>>,
  ): Uint8Array<ArrayBuffer>;
  /**
   * Whether a signature of the message was made by the key's owner; `false` also for bytes that are not a signature.
   * `encoding` is `raw` by default.
   *
   * @throws {WasiCryptoError} when the plug-in refuses for another reason.
   * @throws {InvalidArgumentError} when the message or the signature is not bytes, or for a key that this client did not make.
   * @throws {DisposedError} once the client or a key is gone.
   */
  verify<Algorithm extends SignatureAlgorithm>(
    publicKey: PublicKey<Algorithm>,
    message: CryptoData,
    signature: Uint8Array,
    encoding?: SignatureEncoding<NoInfer<Algorithm>>,
  ): boolean;
  /**
   * The secret that two key pairs share, unhashed: derive keys from it.
   *
   * @throws {WasiCryptoError} `invalid_key` for a public key that yields no secret.
   * @throws {InvalidArgumentError} for a key that this client did not make.
   * @throws {DisposedError} once the client or a key is gone.
   */
  agree<Algorithm extends KeyAgreementAlgorithm>(
    publicKey: PublicKey<Algorithm>,
    secretKey: SecretKey<NoInfer<Algorithm>>,
  ): Uint8Array<ArrayBuffer>;
  /**
   * A new secret for the owner of the key.
   *
   * @throws {WasiCryptoError} `invalid_key` for a public key that yields no secret.
   * @throws {InvalidArgumentError} for a key that this client did not make.
   * @throws {DisposedError} once the client or a key is gone.
   */
  encapsulate(publicKey: PublicKey<KeyEncapsulationAlgorithm>): EncapsulatedSecret;
  /**
   * The secret that was encapsulated for the key.
   *
   * @throws {WasiCryptoError} `verification_failed` when the bytes are not an encapsulation for such a key.
   * @throws {InvalidArgumentError} when they are not a `Uint8Array`, or for a key that this client did not make.
   * @throws {DisposedError} once the client or a key is gone.
   */
  decapsulate(
    secretKey: SecretKey<KeyEncapsulationAlgorithm>,
    encapsulated: Uint8Array,
  ): Uint8Array<ArrayBuffer>;
}

/** The functions for key pairs, on the plug-in. */
export function asymmetricClient(calls: PluginCalls): AsymmetricClient {
  const handleOf = (key: HandleOwner) => HandleOwner.handleOf(key, calls);
  return {
    generateKeyPair(algorithm) {
      const type = algorithmTypeNumber(algorithm);
      return new KeyPair(calls, algorithm, calls.number('keypair_generate', type, algorithm, none));
    },
    importKeyPair: (algorithm, bytes, encoding) =>
      new KeyPair(calls, algorithm, importKey(calls, 'keypair', algorithm, bytes, encoding)),
    importPublicKey: (algorithm, bytes, encoding) =>
      new PublicKey(calls, algorithm, importKey(calls, 'publickey', algorithm, bytes, encoding)),
    importSecretKey: (algorithm, bytes, encoding) =>
      new SecretKey(calls, algorithm, importKey(calls, 'secretkey', algorithm, bytes, encoding)),
    keyPairOf(publicKey, secretKey) {
      const handle = calls.number('keypair_from_pk_and_sk', handleOf(publicKey), handleOf(secretKey));
      return new KeyPair(calls, publicKey.algorithm, handle);
    },
    sign(keyPair, message, encoding) {
      const handle = handleOf(keyPair);
      const form = signatureForm(calls.provider, keyPair.algorithm, encoding ?? 'raw');
      const state = calls.number('signature_state_open', handle);
      return whileOpen(calls, 'signature_state_close', state, () => {
        for (const piece of piecesOf(message)) {
          calls.act('signature_state_update', state, piece);
        }
        const signature = calls.number('signature_state_sign', state);
        return whileOpen(calls, 'signature_close', signature, () =>
          form.fromPlugin(calls.output('signature_export', signature, form.encodingNumber)),
        );
      });
    },
    verify(publicKey, message, signature, encoding) {
      checkBytes(signature, 'A signature');
      const handle = handleOf(publicKey);
      const form = signatureForm(calls.provider, publicKey.algorithm, encoding ?? 'raw');
      const written = form.toPlugin(signature);
      if (written === undefined) {
        return false;
      }
      const state = calls.number('signature_verification_state_open', handle);
      return whileOpen(calls, 'signature_verification_state_close', state, () => {
        for (const piece of piecesOf(message)) {
          calls.act('signature_verification_state_update', state, piece);
        }
        return isTrue(() => {
          const { algorithm } = publicKey;
          const imported = calls.number('signature_import', algorithm, written, form.encodingNumber);
          whileOpen(calls, 'signature_close', imported, () =>
            calls.act('signature_verification_state_verify', state, imported),
          );
        });
      });
    },
    agree: (publicKey, secretKey) => calls.output('kx_dh', handleOf(publicKey), handleOf(secretKey)),
    encapsulate(publicKey) {
      const [secret = 0, encapsulated = 0] = calls.numbers('kx_encapsulate', 2, handleOf(publicKey));
      return { secret: calls.take(secret), encapsulated: calls.take(encapsulated) };
    },
    decapsulate(secretKey, encapsulated) {
      checkBytes(encapsulated, 'An encapsulated secret');
      return calls.output('kx_decapsulate', handleOf(secretKey), encapsulated);
    },
  };
}

/** Whether a verification succeeds; errors other than the verdict are passed on. */
function isTrue(verify: () => void): boolean {
  try {
    verify();
    return true;
  } catch (error) {
    if (
      WasiCryptoError.isInstance(error) &&
      (error.errnoName === 'verification_failed' || error.errnoName === 'invalid_signature')
    ) {
      return false;
    }
    throw error;
  }
}
