import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type { symmetricSignatures } from '../../abi.js';
import type { CryptoState } from '../crypto-state.js';
import { symmetricCipherFunctions } from './cipher-functions.js';
import { symmetricKeyFunctions } from './key-functions.js';
import { symmetricStateFunctions } from './state-functions.js';
import { symmetricTagFunctions } from './tag-functions.js';

/** The functions of the module `symmetric`. */
export function symmetricFunctions(state: CryptoState): ErrnoImplementation<typeof symmetricSignatures> {
  return {
    ...symmetricKeyFunctions(state),
    ...symmetricStateFunctions(state),
    ...symmetricCipherFunctions(state),
    ...symmetricTagFunctions(state),
  };
}
