import { describe, expect, it } from 'vitest';
import { mlKemVectors } from '../../../conformance/vectors/kx.js';
import { bytesOf, hexOf, outcomeOf } from '../asymmetric/__fixtures__/outcomes.js';
import { mlKem768Keys as keys } from '../asymmetric/ml-kem-keys.js';
import { mlKem768Exchange as exchange } from './ml-kem.js';

const [{ publicKey, secretKey }] = mlKemVectors;

describe('ML-KEM-768', () => {
  // Known answers, compared with OpenSSL 4.0 when they were written down.
  it('decapsulates the published secrets, and others of wrong ciphertexts', () => {
    for (const vector of mlKemVectors) {
      const key = keys.importSecretKey('raw', bytesOf(vector.secretKey));
      expect(hexOf(exchange.decapsulate(key, bytesOf(vector.encapsulated)))).toBe(vector.secret);
      expect(hexOf(exchange.decapsulate(key, bytesOf(vector.otherEncapsulated)))).toBe(vector.otherSecret);
      expect(hexOf(keys.exportPublicKey(keys.publicKeyOf(key), 'raw'))).toBe(vector.publicKey);
      expect(hexOf(keys.exportSecretKey(key, 'raw'))).toBe(vector.secretKey);
      expect(hexOf(keys.exportKeyPair(key, 'raw'))).toBe(vector.publicKey + vector.secretKey);
      expect(keys.importKeyPair('raw', bytesOf(vector.publicKey + vector.secretKey)).equals(key)).toBe(true);
    }
  });

  it('encapsulates what the owner of the key decapsulates', () => {
    const key = keys.generate();
    const { secret, encapsulated } = exchange.encapsulate(keys.publicKeyOf(key));
    expect([secret.byteLength, encapsulated.byteLength]).toEqual([32, 1088]);
    expect(hexOf(exchange.decapsulate(key, encapsulated))).toBe(hexOf(secret));
    expect(hexOf(exchange.decapsulate(keys.generate(), encapsulated))).not.toBe(hexOf(secret));
  });

  it('refuses keys that FIPS 203 has refused', () => {
    const flipped = (digits: string, index: number) =>
      digits.slice(0, 2 * index) +
      (Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16) ^ 1).toString(16).padStart(2, '0') +
      digits.slice(2 * index + 2);
    const other = hexOf(keys.exportSecretKey(keys.generate(), 'raw'));
    const outcomes = [
      // Section 7.2: a coefficient that is not below 3329.
      () => keys.importPublicKey('raw', bytesOf(`ffff${publicKey.slice(4)}`)),
      // Section 7.3: the hash of the public half, the public half.
      () => keys.importSecretKey('raw', bytesOf(flipped(secretKey, 2340))),
      () => keys.importSecretKey('raw', bytesOf(flipped(secretKey, 1200))),
      // Section 7.1: a secret half of another key, and with another bit.
      () => keys.importSecretKey('raw', bytesOf(other.slice(0, 2 * 1152) + secretKey.slice(2 * 1152))),
      () => keys.importSecretKey('raw', bytesOf(flipped(secretKey, 600))),
      () => keys.importPublicKey('raw', bytesOf(publicKey.slice(2))),
      () => keys.importSecretKey('raw', bytesOf(`${secretKey}00`)),
      () => keys.importKeyPair('raw', bytesOf(secretKey + publicKey)),
      () => keys.importKeyPair('raw', bytesOf(flipped(publicKey, 1180) + secretKey)),
    ].map(outcomeOf);
    expect(outcomes).toEqual(outcomes.map(() => 'invalid_key'));
  });

  it('has raw encodings, one length of ciphertexts, and no agreement', () => {
    const key = keys.importSecretKey('raw', bytesOf(secretKey));
    expect(outcomeOf(() => keys.exportSecretKey(key, 'pkcs8'))).toBe('unsupported_encoding');
    expect(outcomeOf(() => keys.importPublicKey('sec', bytesOf(publicKey)))).toBe('unsupported_encoding');
    expect(outcomeOf(() => exchange.decapsulate(key, new Uint8Array(1087)))).toBe('invalid_length');
    expect(outcomeOf(() => exchange.agree(keys.publicKeyOf(key), key))).toBe('invalid_operation');
  });
});
