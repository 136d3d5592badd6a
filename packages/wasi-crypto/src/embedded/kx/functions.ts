import type { kxSignatures } from '../../abi.js';
import type { CryptoState } from '../crypto-state.js';
import type { CryptoFunctions } from '../host-module-of.js';

/** The functions of the module. */
export function kxFunctions(_state: CryptoState): Partial<CryptoFunctions<typeof kxSignatures>> {
  return {};
}
