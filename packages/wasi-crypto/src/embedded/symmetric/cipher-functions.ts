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
      const written = withViews(memory, outPointer, outLength, dataPointer, dataLength, (output, data) => {
        checkRange(memory, out, 4);
        const target = states.get(handle);
        const needed = data.byteLength + target.maxTagBytes();
        checkRoom(output, needed);
        const tag = target.encrypt(output.subarray(0, data.byteLength), data);
        output.set(tag, data.byteLength);
        return needed;
      });
      memory.writeU32(out, written);
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
        const room = detachedRoom(target, output, data);
        state.handles.requireRoom();
        return target.encrypt(room, data);
      });
      memory.writeU32(out, state.tags.add(new SymmetricTag(tag)));
    },
    symmetric_state_decrypt({ memory }, handle, outPointer, outLength, dataPointer, dataLength, out) {
      const written = withViews(memory, outPointer, outLength, dataPointer, dataLength, (output, data) => {
        checkRange(memory, out, 4);
        const target = states.get(handle);
        const end = data.byteLength - target.maxTagBytes();
        if (end < 0) throw new CryptoError('invalid_length');
        checkRoom(output, end);
        target.decrypt(output.subarray(0, end), data.subarray(0, end), data.subarray(end));
        return end;
      });
      memory.writeU32(out, written);
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
          target.decrypt(detachedRoom(target, output, data), data, tag);
        }),
      );
      memory.writeU32(out, dataLength);
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

function checkRoom(output: Uint8Array, needed: number): void {
  if (output.byteLength < needed) {
    throw new CryptoError('overflow');
  }
}

/** The part of the output that is filled. Throws invalid_operation for a state that does not encrypt: that is so whatever the room. */
function detachedRoom(target: SymmetricState, output: Uint8Array, data: Uint8Array): Uint8Array {
  target.maxTagBytes();
  checkRoom(output, data.byteLength);
  return output.subarray(0, data.byteLength);
}
