import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type { commonSignatures } from '../../abi.js';
import { toAlgorithmType } from '../algorithm-type.js';
import { CryptoError } from '../crypto-error.js';
import type { CryptoState } from '../crypto-state.js';
import { checkRange, readName } from '../guest-arguments.js';
import { OptionsObject } from '../options-object.js';
import { SecretBuffer } from '../secret-buffer.js';

type Functions = ErrnoImplementation<typeof commonSignatures>;
type OptionsNames = Extract<keyof Functions, `options_${string}`>;

// The names that the specification reserves; only `nonce` means something to the algorithms that are offered.
const byteOptions = ['context', 'salt', 'nonce'];
const numberOptions = ['memory_limit', 'ops_limit', 'parallelism'];
const bufferOptions = ['buffer'];

/** The functions of options. */
export function optionsFunctions(state: CryptoState): Pick<Functions, OptionsNames> {
  /** Only symmetric algorithms have options. */
  const optionsWith = (handle: number, name: string, names: readonly string[]): OptionsObject => {
    const options = state.options.get(handle);
    if (options.type !== 'symmetric' || !names.includes(name)) {
      throw new CryptoError('unsupported_option');
    }
    return options;
  };
  return {
    options_open({ memory }, type, out) {
      const algorithmType = toAlgorithmType(type);
      checkRange(memory, out, 4);
      memory.writeU32(out, state.options.add(new OptionsObject(algorithmType)));
    },
    options_close(_caller, handle) {
      state.options.close(handle);
    },
    options_set({ memory }, handle, namePointer, nameLength, valuePointer, valueLength) {
      const name = readName(memory, namePointer, nameLength);
      checkRange(memory, valuePointer, valueLength);
      const options = optionsWith(handle, name, byteOptions);
      memory.borrow(valuePointer, valueLength, (value) =>
        options.setBytes(name, new SecretBuffer(state.bytes, value)),
      );
    },
    /** Numbers and a scratch buffer are for algorithms that are meant to be slow. None is offered, so these two only check. */
    options_set_u64({ memory }, handle, namePointer, nameLength) {
      optionsWith(handle, readName(memory, namePointer, nameLength), numberOptions);
    },
    options_set_guest_buffer({ memory }, handle, namePointer, nameLength, bufferPointer, bufferLength) {
      const name = readName(memory, namePointer, nameLength);
      checkRange(memory, bufferPointer, bufferLength);
      optionsWith(handle, name, bufferOptions);
    },
  };
}
