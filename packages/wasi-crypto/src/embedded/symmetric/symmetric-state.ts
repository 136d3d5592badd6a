import { CryptoError } from '../crypto-error.js';
import type { SymmetricKey } from './symmetric-key.js';
import type { SymmetricTag } from './symmetric-tag.js';

/**
 * What can be done with a symmetric state. A construction overrides what it has; everything else is invalid_operation. Arguments are
 * views of guest memory: they are not kept, and inputs may overlap outputs.
 */
export abstract class SymmetricState implements Disposable {
  /** The algorithm's name as the specification writes it. */
  abstract readonly algorithm: string;

  abstract clone(): SymmetricState;

  abstract absorb(data: Uint8Array): void;

  abstract [Symbol.dispose](): void;

  /** Bytes of an option of this state, by its name in lower case. */
  option(_name: string): Uint8Array {
    throw new CryptoError('unsupported_option');
  }

  /** Fills `output`. */
  squeeze(_output: Uint8Array): void {
    throw new CryptoError('invalid_operation');
  }

  squeezeTag(): SymmetricTag {
    throw new CryptoError('invalid_operation');
  }

  /** A key of the algorithm that is named in lower case; throws unsupported_algorithm for one that the state has no keys for. */
  squeezeKey(_lowerCaseName: string): SymmetricKey {
    throw new CryptoError('invalid_operation');
  }

  /** Throws invalid_operation where nothing is encrypted. */
  maxTagBytes(): number {
    throw new CryptoError('invalid_operation');
  }

  /** Fills `output`, which is as long as `data`; returns the tag. */
  encrypt(_output: Uint8Array, _data: Uint8Array): Uint8Array {
    throw new CryptoError('invalid_operation');
  }

  /** Fills `output`, which is as long as `data`, or zeroes it and throws invalid_tag. */
  decrypt(_output: Uint8Array, _data: Uint8Array, _tag: Uint8Array): void {
    throw new CryptoError('invalid_operation');
  }

  /** No construction that is offered keeps a rolling state. */
  ratchet(): void {
    throw new CryptoError('invalid_operation');
  }
}
