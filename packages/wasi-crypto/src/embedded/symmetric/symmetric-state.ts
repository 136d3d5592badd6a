import { CryptoError } from '../crypto-error.js';
import type { SymmetricTag } from './symmetric-tag.js';

/** What can be done with a symmetric state. A construction overrides what it has; everything else is invalid_operation. */
export abstract class SymmetricState implements Disposable {
  /** The algorithm's name as the specification writes it. */
  abstract readonly algorithm: string;

  abstract clone(): SymmetricState;

  abstract [Symbol.dispose](): void;

  /** Bytes of an option that the state was opened with, by its exact name. */
  option(_name: string): Uint8Array {
    throw new CryptoError('unsupported_option');
  }

  absorb(_data: Uint8Array): void {
    throw new CryptoError('invalid_operation');
  }

  /** Fills `output`. */
  squeeze(_output: Uint8Array): void {
    throw new CryptoError('invalid_operation');
  }

  squeezeTag(): SymmetricTag {
    throw new CryptoError('invalid_operation');
  }
}
