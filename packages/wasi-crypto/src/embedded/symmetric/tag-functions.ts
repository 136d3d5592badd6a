import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type { symmetricSignatures } from '../../abi.js';
import { CryptoError } from '../crypto-error.js';
import type { CryptoState } from '../crypto-state.js';
import { checkRange } from '../guest-arguments.js';

type Functions = ErrnoImplementation<typeof symmetricSignatures>;
type TagNames = Extract<keyof Functions, `symmetric_tag_${string}`>;

/** The functions of tags. */
export function symmetricTagFunctions({ tags }: CryptoState): Pick<Functions, TagNames> {
  return {
    symmetric_tag_len({ memory }, handle, out) {
      checkRange(memory, out, 4);
      memory.writeU32(out, tags.get(handle).bytes.byteLength);
    },
    /** Wants no less room than the tag's length, and closes the tag. */
    symmetric_tag_pull({ memory }, handle, pointer, length, out) {
      checkRange(memory, pointer, length);
      checkRange(memory, out, 4);
      const { bytes } = tags.get(handle);
      if (length >>> 0 < bytes.byteLength) {
        throw new CryptoError('overflow');
      }
      memory.write(pointer, bytes);
      memory.writeU32(out, bytes.byteLength);
      tags.close(handle);
    },
    symmetric_tag_verify({ memory }, handle, pointer, length) {
      checkRange(memory, pointer, length);
      const tag = tags.get(handle);
      if (!memory.borrow(pointer, length, (expected) => tag.equals(expected))) {
        throw new CryptoError('invalid_tag');
      }
    },
    symmetric_tag_close(_caller, handle) {
      tags.close(handle);
    },
  };
}
