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
        ofCaller(commonSignatures, (caller) => cryptoOf(caller).common),
        { errno },
      ),
    ),
    hostModule(
      asymmetricCommon,
      implementWithErrno(
        asymmetricCommonSignatures,
        ofCaller(asymmetricCommonSignatures, (caller) => cryptoOf(caller).asymmetricCommon),
        { errno },
      ),
    ),
    hostModule(
      kx,
      implementWithErrno(
        kxSignatures,
        ofCaller(kxSignatures, (caller) => cryptoOf(caller).kx),
        { errno },
      ),
    ),
    hostModule(
      signatures,
      implementWithErrno(
        signatureSignatures,
        ofCaller(signatureSignatures, (caller) => cryptoOf(caller).signatures),
        { errno },
      ),
    ),
    hostModule(
      symmetric,
      implementWithErrno(
        symmetricSignatures,
        ofCaller(symmetricSignatures, (caller) => cryptoOf(caller).symmetric),
        { errno },
      ),
    ),
  ];
}

/** The functions of the guest that calls, for each name of a table. */
function ofCaller<Signatures extends ErrnoAbi>(
  signatures: Signatures,
  functionsOf: (caller: Caller) => ErrnoImplementation<Signatures>,
): ErrnoImplementation<Signatures> {
  const entries = Object.keys(signatures).map((name) => {
    const call = (caller: Caller, ...args: unknown[]) =>
      (functionsOf(caller)[name] as (...all: unknown[]) => void)(caller, ...args);
    return [name, call] as const;
  });
  return Object.fromEntries(entries) as unknown as ErrnoImplementation<Signatures>;
}
