import { describe, expect, it } from 'vitest';
import { x25519Vectors } from '../../../conformance/vectors/kx.js';
import { ed25519Vectors } from '../../../conformance/vectors/signatures.js';
import { bytesOf, hexOf, outcomeOf } from './__fixtures__/outcomes.js';
import { computedSecret } from './computed-secret.js';
import { ed25519Keys } from './ed25519-keys.js';
import type { KeyFamily } from './key-family.js';
import { x25519Keys } from './x25519-keys.js';

const [{ seed, publicKey }, otherPair] = ed25519Vectors;

describe('keys of Ed25519', () => {
  it('have the public keys of RFC 8032, section 7.1', () => {
    for (const vector of ed25519Vectors) {
      const key = ed25519Keys.importSecretKey('raw', bytesOf(vector.seed));
      expect(hexOf(ed25519Keys.exportPublicKey(ed25519Keys.publicKeyOf(key), 'raw'))).toBe(vector.publicKey);
      expect(hexOf(ed25519Keys.exportSecretKey(key, 'raw'))).toBe(vector.seed);
      expect(hexOf(ed25519Keys.exportKeyPair(key, 'raw'))).toBe(vector.seed + vector.publicKey);
      expect(ed25519Keys.importKeyPair('raw', bytesOf(vector.seed + vector.publicKey)).equals(key)).toBe(
        true,
      );
    }
  });

  it('refuses a pair whose halves do not belong together', () => {
    const pair = bytesOf(seed + otherPair.publicKey);
    expect(outcomeOf(() => ed25519Keys.importKeyPair('raw', pair))).toBe('invalid_key');
    expect(outcomeOf(() => ed25519Keys.importKeyPair('raw', bytesOf(publicKey + seed)))).toBe('invalid_key');
  });

  it.each([
    // y = 2 is not on the curve: 3 / (4 d + 1) has no square root.
    ['no point', '0200000000000000000000000000000000000000000000000000000000000000', 'invalid_key'],
    ['the neutral element', `01${'00'.repeat(31)}`, 'invalid_key'],
    ['a point of order 2', `ec${'ff'.repeat(30)}7f`, 'invalid_key'],
    ['a point of order 4', '00'.repeat(32), 'invalid_key'],
    ['a good one', publicKey, 'success'],
  ])('verifies a public key that is %s', (_name, digits, outcome) => {
    const key = ed25519Keys.importPublicKey('raw', bytesOf(digits));
    expect(hexOf(ed25519Keys.exportPublicKey(key, 'raw'))).toBe(digits);
    expect(outcomeOf(() => ed25519Keys.checkPublicKey(key))).toBe(outcome);
  });
});

describe('keys of X25519', () => {
  it('write a pair as public and secret half', () => {
    const [{ scalar }] = x25519Vectors;
    const key = x25519Keys.importSecretKey('raw', bytesOf(scalar));
    const publicHalf = hexOf(x25519Keys.exportPublicKey(x25519Keys.publicKeyOf(key), 'raw'));
    expect(hexOf(x25519Keys.exportKeyPair(key, 'raw'))).toBe(publicHalf + scalar);
    expect(x25519Keys.importKeyPair('raw', bytesOf(publicHalf + scalar)).equals(key)).toBe(true);
    expect(outcomeOf(() => x25519Keys.importKeyPair('raw', bytesOf(scalar + publicHalf)))).toBe(
      'invalid_key',
    );
  });

  // The points of small order, https://cr.yp.to/ecdh.html#validate.
  it.each([
    '00'.repeat(32),
    `01${'00'.repeat(31)}`,
    'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
    '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
    `ec${'ff'.repeat(30)}7f`,
    `ed${'ff'.repeat(30)}7f`,
    `ee${'ff'.repeat(30)}7f`,
  ])('verify the public key %s as one not to use', (digits) => {
    const key = x25519Keys.importPublicKey('raw', bytesOf(digits));
    expect(outcomeOf(() => x25519Keys.checkPublicKey(key))).toBe('invalid_key');
  });

  // RFC 7748, section 5: these are used as if the prime, or the last bit, were taken off; 9 is the base point.
  it.each([`f6${'ff'.repeat(30)}7f`, `09${'00'.repeat(30)}80`])(
    'verify the public key %s as one that is not in canonical form, and use it',
    (digits) => {
      const key = x25519Keys.importPublicKey('raw', bytesOf(digits));
      const base = x25519Keys.importPublicKey('raw', bytesOf(`09${'00'.repeat(31)}`));
      const own = x25519Keys.generate();
      expect(computedSecret(key, own)).toEqual(computedSecret(base, own));
      expect(outcomeOf(() => x25519Keys.checkPublicKey(key))).toBe('invalid_key');
      expect(outcomeOf(() => x25519Keys.checkPublicKey(base))).toBe('success');
    },
  );

  it('verify a good public key', () => {
    expect(outcomeOf(() => x25519Keys.checkPublicKey(x25519Keys.publicKeyOf(x25519Keys.generate())))).toBe(
      'success',
    );
  });
});

describe.each<[string, KeyFamily]>([
  ['Ed25519', ed25519Keys],
  ['X25519', x25519Keys],
])('%s', (_name, keys) => {
  const key = keys.generate();

  it('has raw encodings only', () => {
    for (const encoding of ['pkcs8', 'pem', 'sec', 'local'] as const) {
      const outcomes = [
        () => keys.importKeyPair(encoding, new Uint8Array(64)),
        () => keys.importSecretKey(encoding, new Uint8Array(32)),
        () => keys.importPublicKey(encoding, new Uint8Array(32)),
        () => keys.exportKeyPair(key, encoding),
        () => keys.exportSecretKey(key, encoding),
        () => keys.exportPublicKey(keys.publicKeyOf(key), encoding),
      ].map(outcomeOf);
      expect(outcomes).toEqual(outcomes.map(() => 'unsupported_encoding'));
    }
  });

  it.each([0, 31, 33, 64])('refuses single keys of %i bytes', (length) => {
    expect(outcomeOf(() => keys.importSecretKey('raw', new Uint8Array(length)))).toBe('invalid_key');
    expect(outcomeOf(() => keys.importPublicKey('raw', new Uint8Array(length)))).toBe('invalid_key');
  });

  it.each([0, 32, 63, 65])('refuses pairs of %i bytes', (length) => {
    expect(outcomeOf(() => keys.importKeyPair('raw', new Uint8Array(length)))).toBe('invalid_key');
  });

  it('gives back what it generated', () => {
    expect(keys.importKeyPair('raw', keys.exportKeyPair(key, 'raw')).equals(key)).toBe(true);
  });
});
