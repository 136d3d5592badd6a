import type { HostModule, Logger } from '@wasmedge-plugins/core';
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
import { FailureReport } from './failure-report.js';
import { hostModuleOf } from './host-module-of.js';
import { kxFunctions } from './kx/functions.js';
import { signatureFunctions } from './signatures/functions.js';
import { symmetricFunctions } from './symmetric/functions.js';

/** The five modules on the state of one runtime; `log` is told of failures that a guest gets no more than a code for. */
export function cryptoHostModules(state: CryptoState, log: Logger): HostModule[] {
  const report = new FailureReport(log);
  return [
    hostModuleOf(wasiCryptoModuleNames.common, commonSignatures, commonFunctions(state), report),
    hostModuleOf(
      wasiCryptoModuleNames.asymmetricCommon,
      asymmetricCommonSignatures,
      asymmetricFunctions(state),
      report,
    ),
    hostModuleOf(wasiCryptoModuleNames.kx, kxSignatures, kxFunctions(state), report),
    hostModuleOf(wasiCryptoModuleNames.signatures, signatureSignatures, signatureFunctions(state), report),
    hostModuleOf(wasiCryptoModuleNames.symmetric, symmetricSignatures, symmetricFunctions(state), report),
  ];
}
