import type { ErrnoImplementation, GuestMemory } from '@wasmedge-plugins/core';
import type { symmetricSignatures } from '../../abi.js';
import { CryptoError } from '../crypto-error.js';
import type { CryptoState } from '../crypto-state.js';
import { checkRange } from '../guest-arguments.js';
import type { SymmetricState } from './symmetric-state.js';
import { SymmetricTag } from './symmetric-tag.js';

type Functions = ErrnoImplementation<typeof symmetricSignatures>;
type CipherNames = Extract<keyof Functions, `${string}crypt` | `${string}crypt_detached`>;

/** Encryption and decryption, on views of the guest's memory. */
export function symmetricCipherFunctions(state: CryptoState): Pick<Functions, CipherNames> {
  const states = state.symmetricStates;
  return {
    symmetric_state_encrypt({ memory }, handle, outPointer, outLength, dataPointer, dataLength, out) {
      withViews(memory, outPointer, outLength, dataPointer, dataLength, (output, data) => {
        checkRange(memory, out, 4);
        const target = states.get(handle);
        checkRoom(output.byteLength, data.byteLength + target.maxTagBytes());
        const tag = target.encrypt(output.subarray(0, data.byteLength), data);
        output.set(tag, data.byteLength);
      });
      memory.writeU32(out, outLength);
    },
    symmetric_state_encrypt_detached(
      { memory },
      handle,
      outPointer,
      outLength,
      dataPointer,
      dataLength,
      out,
    ) {
      const tag = withViews(memory, outPointer, outLength, dataPointer, dataLength, (output, data) => {
        checkRange(memory, out, 4);
        const target = states.get(handle);
        checkDetachedRoom(target, output, data);
        state.handles.requireRoom();
        return target.encrypt(output, data);
      });
      memory.writeU32(out, state.tags.add(new SymmetricTag(tag)));
    },
    symmetric_state_decrypt({ memory }, handle, outPointer, outLength, dataPointer, dataLength, out) {
      withViews(memory, outPointer, outLength, dataPointer, dataLength, (output, data) => {
        checkRange(memory, out, 4);
        const target = states.get(handle);
        checkRoom(output.byteLength, data.byteLength - target.maxTagBytes());
        const end = output.byteLength;
        target.decrypt(output, data.subarray(0, end), data.subarray(end));
      });
      memory.writeU32(out, outLength);
    },
    symmetric_state_decrypt_detached(
      { memory },
      handle,
      outPointer,
      outLength,
      dataPointer,
      dataLength,
      tagPointer,
      tagLength,
      out,
    ) {
      withViews(memory, outPointer, outLength, dataPointer, dataLength, (output, data) =>
        memory.borrow(tagPointer, tagLength, (tag) => {
          checkRange(memory, out, 4);
          const target = states.get(handle);
          checkDetachedRoom(target, output, data);
          target.decrypt(output, data, tag);
        }),
      );
      memory.writeU32(out, outLength);
    },
  };
}

function withViews<Result>(
  memory: GuestMemory,
  outPointer: number,
  outLength: number,
  dataPointer: number,
  dataLength: number,
  use: (output: Uint8Array, data: Uint8Array) => Result,
): Result {
  return memory.borrow(outPointer, outLength, (output) =>
    memory.borrow(dataPointer, dataLength, (data) => use(output, data)),
  );
}

/** What is encrypted or decrypted fills its room exactly. */
function checkRoom(given: number, needed: number): void {
  if (given !== needed) {
    throw new CryptoError(given < needed ? 'overflow' : 'invalid_length');
  }
}

/** As {@link checkRoom}, after throwing invalid_operation for a state that does not encrypt: that is so whatever the room. */
function checkDetachedRoom(target: SymmetricState, output: Uint8Array, data: Uint8Array): void {
  target.maxTagBytes();
  checkRoom(output.byteLength, data.byteLength);
}
