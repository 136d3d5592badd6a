import { Buffer } from 'node:buffer';
import { CryptoError } from '../../crypto-error.js';
import type { CryptoErrnoName } from '../../errno.js';

/** Bytes of hexadecimal digits. */
export function bytesOf(digits: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}

/** Hexadecimal digits of bytes. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** The name of the error code with which a function fails, or `success`; any other error is passed on. */
export function outcomeOf(act: () => unknown): CryptoErrnoName {
  try {
    act();
    return 'success';
  } catch (error) {
    if (error instanceof CryptoError) {
      return error.message as CryptoErrnoName;
    }
    throw error;
  }
}
