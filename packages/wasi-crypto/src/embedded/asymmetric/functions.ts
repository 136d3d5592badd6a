import type { asymmetricCommonSignatures } from '../../abi.js';
import type { CryptoState } from '../crypto-state.js';
import type { CryptoFunctions } from '../host-module-of.js';
import { keyPairFunctions } from './key-pair-functions.js';
import { singleKeyFunctions } from './single-key-functions.js';

/** The functions of the module. */
export function asymmetricFunctions(
  state: CryptoState,
): Partial<CryptoFunctions<typeof asymmetricCommonSignatures>> {
  return { ...keyPairFunctions(state), ...singleKeyFunctions(state) };
}
