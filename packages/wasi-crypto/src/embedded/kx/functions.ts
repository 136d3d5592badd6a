import type { ErrnoImplementation } from '@wasmedge-plugins/core';
import type { kxSignatures } from '../../abi.js';
import { withGuestBytes } from '../asymmetric/arguments.js';
import { forKeyExchange } from '../asymmetric/purpose.js';
import { CryptoError } from '../crypto-error.js';
import type { CryptoState } from '../crypto-state.js';
import { checkRange } from '../guest-arguments.js';
import { newArrayOutput } from '../new-array-output.js';

/** The functions of the module. */
export function kxFunctions(state: CryptoState): ErrnoImplementation<typeof kxSignatures> {
  return {
    kx_dh({ memory }, publicHandle, secretHandle, out) {
      checkRange(memory, out, 4);
      const publicKey = forKeyExchange(state.publicKeys.get(publicHandle));
      const secretKey = forKeyExchange(state.secretKeys.get(secretHandle));
      if (publicKey.algorithm !== secretKey.algorithm) {
        throw new CryptoError('incompatible_keys');
      }
      const secret = publicKey.algorithm.exchange.agree(publicKey.key, secretKey.key);
      memory.writeU32(out, newArrayOutput(state, secret));
    },
    kx_encapsulate({ memory }, handle, secretOut, encapsulatedOut) {
      checkRange(memory, secretOut, 4);
      checkRange(memory, encapsulatedOut, 4);
      const { algorithm, key } = forKeyExchange(state.publicKeys.get(handle));
      state.handles.requireRoom(2);
      const { secret, encapsulated } = algorithm.exchange.encapsulate(key);
      const secretHandle = newArrayOutput(state, secret);
      try {
        memory.writeU32(encapsulatedOut, newArrayOutput(state, encapsulated));
      } catch (error) {
        state.arrayOutputs.close(secretHandle);
        throw error;
      }
      memory.writeU32(secretOut, secretHandle);
    },
    kx_decapsulate({ memory }, handle, pointer, length, out) {
      checkRange(memory, out, 4);
      const { algorithm, key } = forKeyExchange(state.secretKeys.get(handle));
      const secret = withGuestBytes(memory, pointer, length, 'verification_failed', (bytes) =>
        opened(() => algorithm.exchange.decapsulate(key, bytes)),
      );
      memory.writeU32(out, newArrayOutput(state, secret));
    },
  };
}

/** Whatever is wrong with an encapsulated secret, the guest is told that it does not open. */
function opened<Result>(decapsulate: () => Result): Result {
  try {
    return decapsulate();
  } catch (error) {
    throw error instanceof CryptoError ? new CryptoError('verification_failed') : error;
  }
}
