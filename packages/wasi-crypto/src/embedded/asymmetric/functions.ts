import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type { asymmetricCommonSignatures } from '../../abi.js';
import type { CryptoState } from '../crypto-state.js';
import { managedKeyPairFunctions } from '../managed/key-pair-functions.js';
import { findAlgorithm } from './algorithms.js';
import { generateKeyPair } from './generate-key-pair.js';
import { KeyPair } from './key-objects.js';
import { keyPairFunctions } from './key-pair-functions.js';
import { singleKeyFunctions } from './single-key-functions.js';

/** The functions of the module. */
export function asymmetricFunctions(
  state: CryptoState,
): ErrnoImplementation<typeof asymmetricCommonSignatures> {
  return {
    ...keyPairFunctions(state),
    ...singleKeyFunctions(state),
    ...managedKeyPairFunctions(state, {
      generate: (type, name, options) => generateKeyPair(state, findAlgorithm(type, name), options),
      restore: (type, name, serialized) =>
        KeyPair.restore(findAlgorithm(type, name.toLowerCase()), serialized),
    }),
  };
}
