import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type { symmetricSignatures } from '../../abi.js';
import { CryptoError } from '../crypto-error.js';
import type { CryptoState } from '../crypto-state.js';
import { checkRange, readName, readOptionalHandle } from '../guest-arguments.js';
import { symmetricAlgorithm } from './algorithms.js';
import { openState } from './open-state.js';
import { readSymmetricOptions } from './symmetric-options.js';

type Functions = ErrnoImplementation<typeof symmetricSignatures>;
type CipherNames = Extract<keyof Functions, `${string}crypt` | `${string}crypt_detached`>;
type StateNames = Exclude<Extract<keyof Functions, `symmetric_state_${string}`>, CipherNames>;

/** The functions of symmetric states, but for encryption and decryption. */
export function symmetricStateFunctions(state: CryptoState): Pick<Functions, StateNames> {
  const states = state.symmetricStates;
  return {
    symmetric_state_open({ memory }, namePointer, nameLength, keyPointer, optionsPointer, out) {
      const algorithm = symmetricAlgorithm(readName(memory, namePointer, nameLength));
      const keyHandle = readOptionalHandle(memory, keyPointer);
      checkRange(memory, optionsPointer, 8);
      checkRange(memory, out, 4);
      const key = keyHandle === undefined ? undefined : state.symmetricKeys.get(keyHandle);
      const options = readSymmetricOptions(state, memory, optionsPointer);
      memory.writeU32(out, states.add(openState(algorithm, state.bytes, key, options)));
    },
    symmetric_state_clone({ memory }, handle, out) {
      checkRange(memory, out, 4);
      memory.writeU32(out, states.add(states.get(handle).clone()));
    },
    symmetric_state_close(_caller, handle) {
      states.close(handle);
    },
    symmetric_state_options_get({ memory }, handle, namePointer, nameLength, valuePointer, valueMax, out) {
      const name = readName(memory, namePointer, nameLength);
      checkRange(memory, valuePointer, valueMax);
      checkRange(memory, out, 4);
      const value = states.get(handle).option(name);
      if (valueMax >>> 0 < value.byteLength) {
        throw new CryptoError('overflow');
      }
      memory.write(valuePointer, value);
      memory.writeU32(out, value.byteLength);
    },
    symmetric_state_options_get_u64({ memory }, handle, namePointer, nameLength, out) {
      checkRange(memory, namePointer, nameLength);
      checkRange(memory, out, 8);
      states.get(handle);
      throw new CryptoError('unsupported_option');
    },
    symmetric_state_absorb({ memory }, handle, pointer, length) {
      memory.borrow(pointer, length, (data) => states.get(handle).absorb(data));
    },
    symmetric_state_squeeze({ memory }, handle, pointer, length) {
      memory.borrow(pointer, length, (output) => states.get(handle).squeeze(output));
    },
    symmetric_state_squeeze_tag({ memory }, handle, out) {
      checkRange(memory, out, 4);
      memory.writeU32(out, state.tags.add(states.get(handle).squeezeTag()));
    },
    symmetric_state_squeeze_key({ memory }, handle, namePointer, nameLength, out) {
      const name = readName(memory, namePointer, nameLength);
      checkRange(memory, out, 4);
      memory.writeU32(out, state.symmetricKeys.add(states.get(handle).squeezeKey(name)));
    },
    symmetric_state_max_tag_len({ memory }, handle, out) {
      checkRange(memory, out, 4);
      memory.writeU32(out, states.get(handle).maxTagBytes());
    },
    symmetric_state_ratchet(_caller, handle) {
      states.get(handle).ratchet();
    },
  };
}
