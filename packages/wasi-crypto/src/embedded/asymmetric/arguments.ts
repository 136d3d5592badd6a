import type { GuestMemory } from '@wasmedge-plugins/core';
import { toAlgorithmType } from '../algorithm-type.js';
import { CryptoError } from '../crypto-error.js';
import type { CryptoErrnoName } from '../errno.js';
import { checkRange, readName } from '../guest-arguments.js';
import { findAlgorithm } from './algorithms.js';
import type { AsymmetricAlgorithm } from './asymmetric-algorithm.js';
import { zeroedAfter } from './zeroed.js';

// A PEM file of the largest RSA key has some 3300 bytes; the rest is room for text around it.
const maxEncodedBytes = 65_536;

/** The algorithm that a guest names by type and name. */
export function readAlgorithm(
  memory: GuestMemory,
  type: number,
  namePointer: number,
  nameLength: number,
): AsymmetricAlgorithm {
  const name = readName(memory, namePointer, nameLength);
  return findAlgorithm(toAlgorithmType(type), name);
}

/** Gives a copy of a guest's bytes to `use` and zeroes it afterwards; throws `tooLong` for more than any key or signature has. */
export function withGuestBytes<Result>(
  memory: GuestMemory,
  pointer: number,
  length: number,
  tooLong: CryptoErrnoName,
  use: (bytes: Uint8Array<ArrayBuffer>) => Result,
): Result {
  checkRange(memory, pointer, length);
  if (length >>> 0 > maxEncodedBytes) {
    throw new CryptoError(tooLong);
  }
  return zeroedAfter(memory.read(pointer, length), use);
}
