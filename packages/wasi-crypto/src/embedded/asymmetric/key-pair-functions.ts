import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type { asymmetricCommonSignatures } from '../../abi.js';
import type { CryptoState } from '../crypto-state.js';
import { checkRange, readOptionalHandle } from '../guest-arguments.js';
import { newArrayOutput } from '../new-array-output.js';
import { readAlgorithm, withGuestBytes } from './arguments.js';
import { generateKeyPair } from './generate-key-pair.js';
import { toKeyPairEncoding } from './key-encoding.js';
import { KeyPair } from './key-objects.js';

type Names =
  | 'keypair_generate'
  | 'keypair_import'
  | 'keypair_export'
  | 'keypair_publickey'
  | 'keypair_secretkey'
  | 'keypair_from_pk_and_sk'
  | 'keypair_close';

/** The functions of key pairs, those of managed ones aside. */
export function keyPairFunctions(
  state: CryptoState,
): Pick<ErrnoImplementation<typeof asymmetricCommonSignatures>, Names> {
  return {
    keypair_generate({ memory }, type, namePointer, nameLength, optionsPointer, out) {
      checkRange(memory, out, 4);
      const algorithm = readAlgorithm(memory, type, namePointer, nameLength);
      const options = readOptionalHandle(memory, optionsPointer);
      memory.writeU32(out, state.keyPairs.add(generateKeyPair(state, algorithm, options)));
    },
    keypair_import({ memory }, type, namePointer, nameLength, pointer, length, encodingNumber, out) {
      checkRange(memory, out, 4);
      const algorithm = readAlgorithm(memory, type, namePointer, nameLength);
      const encoding = toKeyPairEncoding(encodingNumber);
      const key = withGuestBytes(memory, pointer, length, 'invalid_key', (bytes) =>
        algorithm.keys.importKeyPair(encoding, bytes),
      );
      memory.writeU32(out, state.keyPairs.add(new KeyPair(algorithm, key)));
    },
    keypair_export({ memory }, handle, encodingNumber, out) {
      checkRange(memory, out, 4);
      const keyPair = state.keyPairs.get(handle);
      memory.writeU32(out, newArrayOutput(state, keyPair.export(toKeyPairEncoding(encodingNumber))));
    },
    keypair_publickey({ memory }, handle, out) {
      checkRange(memory, out, 4);
      memory.writeU32(out, state.publicKeys.add(state.keyPairs.get(handle).publicKey()));
    },
    keypair_secretkey({ memory }, handle, out) {
      checkRange(memory, out, 4);
      memory.writeU32(out, state.secretKeys.add(state.keyPairs.get(handle).secretKey()));
    },
    keypair_from_pk_and_sk({ memory }, publicHandle, secretHandle, out) {
      checkRange(memory, out, 4);
      const publicKey = state.publicKeys.get(publicHandle);
      const keyPair = KeyPair.of(publicKey, state.secretKeys.get(secretHandle));
      memory.writeU32(out, state.keyPairs.add(keyPair));
    },
    keypair_close(_caller, handle) {
      state.keyPairs.close(handle);
    },
  };
}
