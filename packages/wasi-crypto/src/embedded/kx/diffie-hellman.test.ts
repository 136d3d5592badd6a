import { describe, expect, it } from 'vitest';
import { dhkemVectors, ecdhVectors, x25519Vectors } from '../../../conformance/vectors/kx.js';
import { bytesOf, hexOf, outcomeOf } from '../asymmetric/__fixtures__/outcomes.js';
import { p256, p384 } from '../asymmetric/elliptic-curve.js';
import { ellipticCurveKeys } from '../asymmetric/elliptic-curve-keys.js';
import { x25519Keys } from '../asymmetric/x25519-keys.js';
import { diffieHellmanExchange } from './diffie-hellman.js';

const p256Keys = ellipticCurveKeys(p256);
const p384Keys = ellipticCurveKeys(p384);
const x25519 = diffieHellmanExchange('X25519', x25519Keys);
const exchanges = [
  ['X25519', x25519Keys, 'raw', 32, 32],
  ['P256-SHA256', p256Keys, 'sec', 65, 32],
  ['P384-SHA384', p384Keys, 'sec', 97, 48],
] as const;

describe('X25519', () => {
  it('has the secrets of RFC 7748, section 5.2', () => {
    for (const { scalar, point, secret } of x25519Vectors) {
      const privateKey = x25519Keys.importSecretKey('raw', bytesOf(scalar));
      const publicKey = x25519Keys.importPublicKey('raw', bytesOf(point));
      expect(hexOf(x25519.agree(publicKey, privateKey))).toBe(secret);
    }
  });

  it('gives no secret for a point of small order', () => {
    const publicKey = x25519Keys.importPublicKey('raw', new Uint8Array(32));
    const privateKey = x25519Keys.generate();
    const outcomes = [
      () => x25519.agree(publicKey, privateKey),
      () => x25519.encapsulate(publicKey),
      () => x25519.decapsulate(privateKey, new Uint8Array(32)),
    ].map(outcomeOf);
    expect(outcomes).toEqual(['invalid_key', 'invalid_key', 'invalid_key']);
  });

  it('decapsulates the secrets of RFC 9180, appendix A', () => {
    for (const { secretKey, encapsulated, secret } of dhkemVectors) {
      const privateKey = x25519Keys.importSecretKey('raw', bytesOf(secretKey));
      expect(hexOf(x25519.decapsulate(privateKey, bytesOf(encapsulated)))).toBe(secret);
    }
  });
});

describe.each(['P256-SHA256', 'P384-SHA384'] as const)('%s', (name) => {
  it('has the secret of RFC 5903, section 8', () => {
    const keys = name === 'P256-SHA256' ? p256Keys : p384Keys;
    const { scalars, points, secret } = ecdhVectors[name];
    const { agree } = diffieHellmanExchange(name, keys);
    const privateKeys = scalars.map((scalar) => keys.importSecretKey('raw', bytesOf(scalar)));
    const publicKeys = points.map((point) => keys.importPublicKey('sec', bytesOf(point)));
    const [i, r] = privateKeys;
    const [gi, gr] = publicKeys;
    if (i === undefined || r === undefined || gi === undefined || gr === undefined) {
      throw new TypeError('There are two keys on each side.');
    }
    expect(hexOf(agree(gr, i))).toBe(secret);
    expect(hexOf(agree(gi, r))).toBe(secret);
  });
});

describe.each(exchanges)(
  'the encapsulation of %s',
  (name, keys, encoding, encapsulatedBytes, secretBytes) => {
    const exchange = diffieHellmanExchange(name, keys);
    const privateKey = keys.generate();

    it('is opened by the owner of the key, and by nobody else', () => {
      const { secret, encapsulated } = exchange.encapsulate(keys.publicKeyOf(privateKey));
      expect([secret.byteLength, encapsulated.byteLength]).toEqual([secretBytes, encapsulatedBytes]);
      expect(hexOf(exchange.decapsulate(privateKey, encapsulated))).toBe(hexOf(secret));
      expect(hexOf(exchange.decapsulate(keys.generate(), encapsulated))).not.toBe(hexOf(secret));
    });

    it('is another one each time', () => {
      const publicKey = keys.publicKeyOf(privateKey);
      expect(hexOf(exchange.encapsulate(publicKey).secret)).not.toBe(
        hexOf(exchange.encapsulate(publicKey).secret),
      );
    });

    it('is not the agreed secret itself', () => {
      const { secret, encapsulated } = exchange.encapsulate(keys.publicKeyOf(privateKey));
      const ephemeral = keys.importPublicKey(encoding, encapsulated);
      expect(hexOf(exchange.agree(ephemeral, privateKey))).not.toBe(hexOf(secret));
    });

    it('has one length', () => {
      for (const length of [0, encapsulatedBytes - 1, encapsulatedBytes + 1]) {
        expect(outcomeOf(() => exchange.decapsulate(privateKey, new Uint8Array(length)))).toBe(
          'invalid_length',
        );
      }
    });

    it('is no zeros', () => {
      expect(outcomeOf(() => exchange.decapsulate(privateKey, new Uint8Array(encapsulatedBytes)))).toBe(
        'invalid_key',
      );
    });
  },
);

// RFC 9180, appendix A.3.1.
it('decapsulates the secret of RFC 9180 on P-256', () => {
  const privateKey = p256Keys.importSecretKey(
    'raw',
    bytesOf('f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2'),
  );
  const encapsulated =
    '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4';
  const { decapsulate } = diffieHellmanExchange('P256-SHA256', p256Keys);
  expect(hexOf(decapsulate(privateKey, bytesOf(encapsulated)))).toBe(
    'c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8',
  );
});
