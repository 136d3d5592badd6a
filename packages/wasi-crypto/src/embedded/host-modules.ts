import type { HostModule } from '@wasmedge-plugins/core';
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
import { hostModuleOf } from './host-module-of.js';
import { kxFunctions } from './kx/functions.js';
import { signatureFunctions } from './signatures/functions.js';
import { symmetricFunctions } from './symmetric/functions.js';

/** The five modules on the state of one runtime. */
export function cryptoHostModules(state: CryptoState): HostModule[] {
  return [
    hostModuleOf(wasiCryptoModuleNames.common, commonSignatures, commonFunctions(state)),
    hostModuleOf(
      wasiCryptoModuleNames.asymmetricCommon,
      asymmetricCommonSignatures,
      asymmetricFunctions(state),
    ),
    hostModuleOf(wasiCryptoModuleNames.kx, kxSignatures, kxFunctions(state)),
    hostModuleOf(wasiCryptoModuleNames.signatures, signatureSignatures, signatureFunctions(state)),
    hostModuleOf(wasiCryptoModuleNames.symmetric, symmetricSignatures, symmetricFunctions(state)),
  ];
}
