import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type { asymmetricCommonSignatures } from '../../abi.js';
import type { CryptoState } from '../crypto-state.js';
import { checkRange } from '../guest-arguments.js';
import { newArrayOutput } from '../new-array-output.js';
import { readAlgorithm, withGuestBytes } from './arguments.js';
import { toKeyEncoding } from './key-encoding.js';
import { PublicKey, SecretKey } from './key-objects.js';

type Names = Extract<keyof typeof asymmetricCommonSignatures, `publickey_${string}` | `secretkey_${string}`>;

/** The functions of public keys and of secret keys. */
export function singleKeyFunctions(
  state: CryptoState,
): Pick<ErrnoImplementation<typeof asymmetricCommonSignatures>, Names> {
  return {
    publickey_import({ memory }, type, namePointer, nameLength, pointer, length, encodingNumber, out) {
      checkRange(memory, out, 4);
      const algorithm = readAlgorithm(memory, type, namePointer, nameLength);
      const encoding = toKeyEncoding(encodingNumber);
      const key = withGuestBytes(memory, pointer, length, 'invalid_key', (bytes) =>
        algorithm.keys.importPublicKey(encoding, bytes),
      );
      memory.writeU32(out, state.publicKeys.add(new PublicKey(algorithm, key)));
    },
    publickey_export({ memory }, handle, encodingNumber, out) {
      checkRange(memory, out, 4);
      const publicKey = state.publicKeys.get(handle);
      memory.writeU32(out, newArrayOutput(state, publicKey.export(toKeyEncoding(encodingNumber))));
    },
    publickey_verify(_caller, handle) {
      state.publicKeys.get(handle).check();
    },
    publickey_from_secretkey({ memory }, handle, out) {
      checkRange(memory, out, 4);
      memory.writeU32(out, state.publicKeys.add(state.secretKeys.get(handle).publicKey()));
    },
    publickey_close(_caller, handle) {
      state.publicKeys.close(handle);
    },
    secretkey_import({ memory }, type, namePointer, nameLength, pointer, length, encodingNumber, out) {
      checkRange(memory, out, 4);
      const algorithm = readAlgorithm(memory, type, namePointer, nameLength);
      const encoding = toKeyEncoding(encodingNumber);
      const key = withGuestBytes(memory, pointer, length, 'invalid_key', (bytes) =>
        algorithm.keys.importSecretKey(encoding, bytes),
      );
      memory.writeU32(out, state.secretKeys.add(new SecretKey(algorithm, key)));
    },
    secretkey_export({ memory }, handle, encodingNumber, out) {
      checkRange(memory, out, 4);
      const secretKey = state.secretKeys.get(handle);
      memory.writeU32(out, newArrayOutput(state, secretKey.export(toKeyEncoding(encodingNumber))));
    },
    secretkey_close(_caller, handle) {
      state.secretKeys.close(handle);
    },
  };
}
