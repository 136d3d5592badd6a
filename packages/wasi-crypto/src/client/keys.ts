import type {
  KeyPairAlgorithm,
  PublicEncoding,
  SecretEncoding,
  SymmetricKeyAlgorithm,
} from './algorithm-names.js';
import { HandleOwner } from './handle-owner.js';
import { exportKey } from './key-transfer.js';
import type { PluginCalls } from './plugin-calls.js';

/** A public key of a client. */
export class PublicKey<Algorithm extends KeyPairAlgorithm = KeyPairAlgorithm> extends HandleOwner {
  /** The algorithm that the key is for. */
  readonly algorithm: Algorithm;
  readonly #calls: PluginCalls;

  /** Takes over a handle of the plug-in; clients make their keys. */
  constructor(calls: PluginCalls, algorithm: Algorithm, handle: number) {
    super(calls, handle, 'publickey_close');
    this.algorithm = algorithm;
    this.#calls = calls;
  }

  /**
   * The key as bytes; PEM is ASCII.
   *
   * @throws {WasiCryptoError} `unsupported_encoding` when the algorithm does not have the encoding.
   * @throws {InvalidArgumentError} for an encoding that does not exist.
   * @throws {DisposedError} once the key or its client is gone.
   */
  export(encoding: PublicEncoding<Algorithm>): Uint8Array<ArrayBuffer> {
    const handle = HandleOwner.handleOf(this, this.#calls);
    return exportKey(this.#calls, 'publickey', this.algorithm, handle, encoding);
  }

  /**
   * Checks for what importing a key does not: points of small order, and an impossible modulus.
   *
   * @throws {WasiCryptoError} `invalid_key` for a key that must not be used.
   */
  check(): void {
    this.#calls.act('publickey_verify', HandleOwner.handleOf(this, this.#calls));
  }
}

/** A secret key of a client. */
export class SecretKey<Algorithm extends KeyPairAlgorithm = KeyPairAlgorithm> extends HandleOwner {
  /** The algorithm that the key is for. */
  readonly algorithm: Algorithm;
  readonly #calls: PluginCalls;

  /** Takes over a handle of the plug-in; clients make their keys. */
  constructor(calls: PluginCalls, algorithm: Algorithm, handle: number) {
    super(calls, handle, 'secretkey_close');
    this.algorithm = algorithm;
    this.#calls = calls;
  }

  /**
   * The key as bytes, to be zeroed by the caller; PEM is ASCII.
   *
   * @throws {WasiCryptoError} `unsupported_encoding` when the algorithm does not have the encoding.
   * @throws {InvalidArgumentError} for an encoding that does not exist.
   * @throws {DisposedError} once the key or its client is gone.
   */
  export(encoding: SecretEncoding<Algorithm>): Uint8Array<ArrayBuffer> {
    const handle = HandleOwner.handleOf(this, this.#calls);
    return exportKey(this.#calls, 'secretkey', this.algorithm, handle, encoding);
  }

  /**
   * The public key that belongs to it; a separate handle.
   *
   * @throws {DisposedError} once the key or its client is gone.
   */
  publicKey(): PublicKey<Algorithm> {
    const handle = HandleOwner.handleOf(this, this.#calls);
    return new PublicKey(this.#calls, this.algorithm, this.#calls.number('publickey_from_secretkey', handle));
  }
}

/** A key pair of a client. */
export class KeyPair<Algorithm extends KeyPairAlgorithm = KeyPairAlgorithm> extends HandleOwner {
  /** The algorithm that the pair is for. */
  readonly algorithm: Algorithm;
  readonly #calls: PluginCalls;

  /** Takes over a handle of the plug-in; clients make their keys. */
  constructor(calls: PluginCalls, algorithm: Algorithm, handle: number) {
    super(calls, handle, 'keypair_close');
    this.algorithm = algorithm;
    this.#calls = calls;
  }

  /**
   * The pair as bytes, to be zeroed by the caller; PEM is ASCII.
   *
   * @throws {WasiCryptoError} `unsupported_encoding` when the algorithm does not have the encoding.
   * @throws {InvalidArgumentError} for an encoding that does not exist.
   * @throws {DisposedError} once the key or its client is gone.
   */
  export(encoding: SecretEncoding<Algorithm>): Uint8Array<ArrayBuffer> {
    const handle = HandleOwner.handleOf(this, this.#calls);
    return exportKey(this.#calls, 'keypair', this.algorithm, handle, encoding);
  }

  /**
   * The pair's public key; a separate handle.
   *
   * @throws {DisposedError} once the pair or its client is gone.
   */
  publicKey(): PublicKey<Algorithm> {
    const handle = HandleOwner.handleOf(this, this.#calls);
    return new PublicKey(this.#calls, this.algorithm, this.#calls.number('keypair_publickey', handle));
  }

  /**
   * The pair's secret key; a separate handle.
   *
   * @throws {DisposedError} once the pair or its client is gone.
   */
  secretKey(): SecretKey<Algorithm> {
    const handle = HandleOwner.handleOf(this, this.#calls);
    return new SecretKey(this.#calls, this.algorithm, this.#calls.number('keypair_secretkey', handle));
  }
}

/** A symmetric key of a client. */
export class SymmetricKey<
  Algorithm extends SymmetricKeyAlgorithm = SymmetricKeyAlgorithm,
> extends HandleOwner {
  /** The algorithm that the key is for. */
  readonly algorithm: Algorithm;
  readonly #calls: PluginCalls;

  /** Takes over a handle of the plug-in; clients make their keys. */
  constructor(calls: PluginCalls, algorithm: Algorithm, handle: number) {
    super(calls, handle, 'symmetric_key_close');
    this.algorithm = algorithm;
    this.#calls = calls;
  }

  /**
   * The key as bytes, to be zeroed by the caller.
   *
   * @throws {DisposedError} once the key or its client is gone.
   */
  export(): Uint8Array<ArrayBuffer> {
    return this.#calls.output('symmetric_key_export', HandleOwner.handleOf(this, this.#calls));
  }
}
