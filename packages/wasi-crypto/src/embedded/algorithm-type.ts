import { CryptoError } from './crypto-error.js';

/** What an algorithm is for: the first parameter of many functions, by its number in the specification. */
export const algorithmTypes = ['signatures', 'symmetric', 'key_exchange'] as const;

/** What an algorithm is for. */
export type AlgorithmType = (typeof algorithmTypes)[number];

/** Only the low 16 bits count; a number without a meaning is unsupported_algorithm. */
export function toAlgorithmType(value: number): AlgorithmType {
  const type = algorithmTypes[value & 0xffff];
  if (type === undefined) {
    throw new CryptoError('unsupported_algorithm');
  }
  return type;
}
