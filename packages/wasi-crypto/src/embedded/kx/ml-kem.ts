import { ml_kem768 } from '@noble/post-quantum/ml-kem.js';
import { zeroedAfter } from '../asymmetric/zeroed.js';
import { CryptoError } from '../crypto-error.js';
import type { KeyExchange } from './key-exchange.js';

/** ML-KEM-768 (FIPS 203). Wrong bytes of the right number give a secret that nobody else has, as the standard wants it. */
export const mlKem768Exchange: KeyExchange = {
  agree() {
    throw new CryptoError('invalid_operation');
  },
  encapsulate(publicKey) {
    const { cipherText, sharedSecret } = ml_kem768.encapsulate(publicKey.export());
    return zeroedAfter(sharedSecret, (secret) => ({
      secret: Uint8Array.from(secret),
      encapsulated: Uint8Array.from(cipherText),
    }));
  },
  decapsulate(privateKey, encapsulated) {
    if (encapsulated.byteLength !== ml_kem768.lengths.cipherText) {
      throw new CryptoError('invalid_length');
    }
    return zeroedAfter(privateKey.export(), (secretKey) =>
      zeroedAfter(ml_kem768.decapsulate(encapsulated, secretKey), (secret) => Uint8Array.from(secret)),
    );
  },
};
