import { type CryptoErrno, type CryptoErrnoName, cryptoErrno } from './errno.js';

/**
 * What the functions of this folder throw to end a guest's call with an error code. It never leaves the plug-in, and it says nothing
 * but the code: a message could carry key material.
 */
export class CryptoError extends Error {
  readonly errno: CryptoErrno;

  constructor(name: CryptoErrnoName) {
    // A guest may ask for many of them, and a stack, which nobody would read, takes longer than to verify a signature.
    const { stackTraceLimit } = Error;
    Reflect.set(Error, 'stackTraceLimit', 0);
    super(name);
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
    this.name = 'CryptoError';
    this.errno = cryptoErrno[name];
  }
}
