import {
  type Caller,
  type ErrnoAbi,
  type ErrnoImplementation,
  type ErrnoRule,
  type HostModule,
  hostModule,
  implementWithErrno,
  type Logger,
} from '@wasmedge-plugins/core';
import {
  asymmetricCommonSignatures,
  commonSignatures,
  kxSignatures,
  signatureSignatures,
  symmetricSignatures,
  wasiCryptoModuleNames,
} from '../abi.js';
import { cryptoErrnoName } from './errno.js';
import { errnoOf } from './errno-of.js';
import { FailureReport } from './failure-report.js';
import type { GuestCrypto } from './guest-crypto.js';

/**
 * The five modules, on the handles of the guest that calls; `log` is told of failures that a guest gets no more than a code for, without the message of a library, which may
 * quote its input. A trace shows pointers, lengths and handles, and the result's name; bytes never cross as arguments.
 */
export function cryptoHostModules(cryptoOf: (caller: Caller) => GuestCrypto, log: Logger): HostModule[] {
  const report = new FailureReport(log);
  const errno: ErrnoRule = {
    errnoOf(error, functionName) {
      report.add(functionName, error);
      return errnoOf(error);
    },
    errnoName: cryptoErrnoName,
  };
  const { common, asymmetricCommon, kx, signatures, symmetric } = wasiCryptoModuleNames;
  return [
    hostModule(
      common,
      implementWithErrno(
        commonSignatures,
        ofCaller(commonSignatures, cryptoOf, (crypto) => crypto.common),
        { errno },
      ),
    ),
    hostModule(
      asymmetricCommon,
      implementWithErrno(
        asymmetricCommonSignatures,
        ofCaller(asymmetricCommonSignatures, cryptoOf, (crypto) => crypto.asymmetricCommon),
        { errno },
      ),
    ),
    hostModule(
      kx,
      implementWithErrno(
        kxSignatures,
        ofCaller(kxSignatures, cryptoOf, (crypto) => crypto.kx),
        { errno },
      ),
    ),
    hostModule(
      signatures,
      implementWithErrno(
        signatureSignatures,
        ofCaller(signatureSignatures, cryptoOf, (crypto) => crypto.signatures),
        { errno },
      ),
    ),
    hostModule(
      symmetric,
      implementWithErrno(
        symmetricSignatures,
        ofCaller(symmetricSignatures, cryptoOf, (crypto) => crypto.symmetric),
        { errno },
      ),
    ),
  ];
}

/** The functions of the guest that calls, for each name of a table. */
function ofCaller<Signatures extends ErrnoAbi>(
  signatures: Signatures,
  cryptoOf: (caller: Caller) => GuestCrypto,
  functionsOf: (crypto: GuestCrypto) => ErrnoImplementation<Signatures>,
): ErrnoImplementation<Signatures> {
  const entries = Object.keys(signatures).map((name) => {
    // Looking a name up takes longer than many a call, and most come from the guest that the call before came from.
    let last: GuestCrypto | undefined;
    let work: (...all: unknown[]) => void;
    const call = (caller: Caller, ...args: unknown[]) => {
      const crypto = cryptoOf(caller);
      if (crypto !== last) {
        work = functionsOf(crypto)[name] as typeof work;
        last = crypto;
      }
      work(caller, ...args);
    };
    return [name, call] as const;
  });
  return Object.fromEntries(entries) as unknown as ErrnoImplementation<Signatures>;
}
