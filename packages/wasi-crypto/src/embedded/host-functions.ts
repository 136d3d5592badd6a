import {
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
import { asymmetricFunctions } from './asymmetric/functions.js';
import { commonFunctions } from './common/functions.js';
import type { CryptoState } from './crypto-state.js';
import { cryptoErrnoName } from './errno.js';
import { errnoOf } from './errno-of.js';
import { FailureReport } from './failure-report.js';
import { kxFunctions } from './kx/functions.js';
import { signatureFunctions } from './signatures/functions.js';
import { symmetricFunctions } from './symmetric/functions.js';

/**
 * The five modules on the state of one runtime; `log` is told of failures that a guest gets no more than a code for, without the message of a library, which may
 * quote its input. A trace shows pointers, lengths and handles, and the result's name; bytes never cross as arguments.
 */
export function cryptoHostModules(state: CryptoState, log: Logger): HostModule[] {
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
    hostModule(common, implementWithErrno(commonSignatures, commonFunctions(state), { errno })),
    hostModule(
      asymmetricCommon,
      implementWithErrno(asymmetricCommonSignatures, asymmetricFunctions(state), { errno }),
    ),
    hostModule(kx, implementWithErrno(kxSignatures, kxFunctions(state), { errno })),
    hostModule(signatures, implementWithErrno(signatureSignatures, signatureFunctions(state), { errno })),
    hostModule(symmetric, implementWithErrno(symmetricSignatures, symmetricFunctions(state), { errno })),
  ];
}
