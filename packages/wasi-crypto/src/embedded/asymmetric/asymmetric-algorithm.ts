import type { KeyExchange } from '../kx/key-exchange.js';
import type { SignatureScheme } from '../signatures/signature-scheme.js';
import type { KeyFamily } from './key-family.js';

/** An algorithm that makes signatures. */
export interface SignatureAlgorithm {
  readonly type: 'signatures';
  /** As the specification writes it. */
  readonly name: string;
  readonly keys: KeyFamily;
  readonly scheme: SignatureScheme;
}

/** An algorithm of key agreement or key encapsulation. */
export interface KeyExchangeAlgorithm {
  readonly type: 'key_exchange';
  /** As the specification writes it. */
  readonly name: string;
  readonly keys: KeyFamily;
  readonly exchange: KeyExchange;
}

/** An algorithm with key pairs. */
export type AsymmetricAlgorithm = SignatureAlgorithm | KeyExchangeAlgorithm;
