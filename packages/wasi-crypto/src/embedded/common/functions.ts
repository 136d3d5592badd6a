import type { commonSignatures } from '../../abi.js';
import type { CryptoState } from '../crypto-state.js';
import type { CryptoFunctions } from '../host-module-of.js';
import { arrayOutputFunctions } from './array-output-functions.js';
import { optionsFunctions } from './options-functions.js';
import { secretsManagerFunctions } from './secrets-manager-functions.js';

/** The functions of the module `common`. */
export function commonFunctions(state: CryptoState): CryptoFunctions<typeof commonSignatures> {
  return {
    ...optionsFunctions(state),
    ...arrayOutputFunctions(state),
    ...secretsManagerFunctions(state),
  };
}
