import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type { commonSignatures } from '../../abi.js';
import type { CryptoState } from '../crypto-state.js';
import { arrayOutputFunctions } from './array-output-functions.js';
import { optionsFunctions } from './options-functions.js';
import { secretsManagerFunctions } from './secrets-manager-functions.js';

/** The functions of the module `common`. */
export function commonFunctions(state: CryptoState): ErrnoImplementation<typeof commonSignatures> {
  return {
    ...optionsFunctions(state),
    ...arrayOutputFunctions(state),
    ...secretsManagerFunctions(state),
  };
}
