import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ecKeys, ecKeysOfOne } from '../../../conformance/vectors/ec-keys.js';
import { bytesOf, hexOf, outcomeOf } from './__fixtures__/outcomes.js';
import { k256, p256, p384 } from './elliptic-curve.js';
import { ellipticCurveKeys } from './elliptic-curve-keys.js';
import type { KeyEncoding } from './key-encoding.js';

// Keys of the program openssl 3.0 in all encodings; the scalars of one set are 1.
const curves = [
  { name: 'P-256', curve: p256, order: 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551' },
  { name: 'K-256', curve: k256, order: 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141' },
  {
    name: 'P-384',
    curve: p384,
    order: 'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
  },
] as const;
const ascii = (text: string) => new TextEncoder().encode(text);

describe.each(curves)('keys of $name', ({ name, curve, order }) => {
  const keys = ellipticCurveKeys(curve);

  it.each([
    ['the key of openssl', ecKeys[name]],
    ['the scalar 1', ecKeysOfOne[name]],
  ])('imports and exports every encoding of %s', (_name, vector) => {
    const encodings: [KeyEncoding, Uint8Array][] = [
      ['raw', bytesOf(vector.raw)],
      ['pkcs8', bytesOf(vector.pkcs8)],
      ['pem', ascii(vector.pem)],
    ];
    for (const [encoding, bytes] of [...encodings, ['pkcs8', bytesOf(vector.sec1)] as const]) {
      for (const key of [keys.importKeyPair(encoding, bytes), keys.importSecretKey(encoding, bytes)]) {
        for (const [exported, expected] of encodings) {
          expect(hexOf(keys.exportKeyPair(key, exported))).toBe(hexOf(expected));
          expect(hexOf(keys.exportSecretKey(key, exported))).toBe(hexOf(expected));
        }
        expect(hexOf(keys.exportPublicKey(keys.publicKeyOf(key), 'sec'))).toBe(vector.point);
      }
    }
    const publicEncodings: [KeyEncoding, Uint8Array][] = [
      ['sec', bytesOf(vector.point)],
      ['pkcs8', bytesOf(vector.spki)],
      ['pem', ascii(vector.spkiPem)],
    ];
    for (const [encoding, bytes] of [...publicEncodings, ['sec', bytesOf(vector.compressed)] as const]) {
      const key = keys.importPublicKey(encoding, bytes);
      for (const [exported, expected] of publicEncodings) {
        expect(hexOf(keys.exportPublicKey(key, exported))).toBe(hexOf(expected));
      }
      expect(outcomeOf(() => keys.checkPublicKey(key))).toBe('success');
    }
  });

  it('has no other encodings', () => {
    const key = keys.generate();
    const outcomes = [
      () => keys.importKeyPair('local', bytesOf(ecKeys[name].raw)),
      () => keys.importSecretKey('local', bytesOf(ecKeys[name].raw)),
      () => keys.importPublicKey('raw', bytesOf(ecKeys[name].point)),
      () => keys.exportKeyPair(key, 'local'),
      () => keys.exportSecretKey(key, 'local'),
      () => keys.exportPublicKey(keys.publicKeyOf(key), 'raw'),
    ].map(outcomeOf);
    expect(new Set(outcomes)).toEqual(new Set(['unsupported_encoding']));
  });

  it.each([
    ['zero', '0'.repeat(2 * curve.scalarBytes)],
    ['the order', order],
    ['above the order', 'f'.repeat(2 * curve.scalarBytes)],
    ['too short', '01'.repeat(curve.scalarBytes - 1)],
    ['too long', '01'.repeat(curve.scalarBytes + 1)],
    ['empty', ''],
  ])('refuses a scalar that is %s', (_name, digits) => {
    expect(outcomeOf(() => keys.importSecretKey('raw', bytesOf(digits)))).toBe('invalid_key');
  });

  it('takes the largest scalar', () => {
    const largest = (BigInt(`0x${order}`) - 1n).toString(16);
    expect(hexOf(keys.exportSecretKey(keys.importSecretKey('raw', bytesOf(largest)), 'raw'))).toBe(largest);
  });

  it('refuses scalars inside of DER that are out of range, and points of another key', () => {
    const { sec1, raw } = ecKeys[name];
    for (const scalar of ['0'.repeat(raw.length), order]) {
      expect(outcomeOf(() => keys.importKeyPair('pkcs8', bytesOf(sec1.replace(raw, scalar))))).toBe(
        'invalid_key',
      );
    }
    const otherPoint = sec1.replace(ecKeys[name].point, ecKeysOfOne[name].point);
    expect(otherPoint).not.toBe(sec1);
    expect(outcomeOf(() => keys.importKeyPair('pkcs8', bytesOf(otherPoint)))).toBe('invalid_key');
  });

  it('computes the point that a structure leaves out', () => {
    const { sec1, raw, point } = ecKeys[name];
    // RFC 5915: version, scalar, and the curve, which OpenSSL needs.
    const parameters = /a00[7a]06[0-9a-f]+?(?=a1)/.exec(sec1)?.[0] ?? '';
    const content = `02010104${(raw.length / 2).toString(16)}${raw}${parameters}`;
    const bare = `30${(content.length / 2).toString(16)}${content}`;
    const key = keys.importSecretKey('pkcs8', bytesOf(bare));
    expect(hexOf(keys.exportSecretKey(key, 'raw'))).toBe(raw);
    expect(hexOf(keys.exportPublicKey(keys.publicKeyOf(key), 'sec'))).toBe(point);
  });

  it('refuses points that are not on the curve or not written as SEC 1 has them', () => {
    const { point, compressed } = ecKeys[name];
    const wrong = [
      point.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
      `06${point.slice(2)}`,
      `07${point.slice(2)}`,
      `05${compressed.slice(2)}`,
      '00',
      '',
      point.slice(0, -2),
      `${point}00`,
      compressed.slice(0, -2),
      `04${'f'.repeat(4 * curve.scalarBytes)}`,
    ];
    for (const digits of wrong) {
      expect([digits, outcomeOf(() => keys.importPublicKey('sec', bytesOf(digits)))]).toEqual([
        digits,
        'invalid_key',
      ]);
    }
  });

  it('refuses what follows a structure, and keys of other kinds', () => {
    const { pkcs8, spki, pem, spkiPem } = ecKeys[name];
    const otherCurve = ecKeys[name === 'P-256' ? 'K-256' : 'P-256'];
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const encrypted = generateKeyPairSync('ec', {
      namedCurve: curve.name,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' },
    }).privateKey;
    const encryptedDer = Buffer.from(encrypted.replace(/-----[^-]+-----/g, ''), 'base64');
    const outcomes = [
      () => keys.importKeyPair('pkcs8', encryptedDer),
      () => keys.importKeyPair('pkcs8', bytesOf(`${pkcs8}00`)),
      () => keys.importKeyPair('pkcs8', bytesOf(pkcs8.slice(0, -2))),
      () => keys.importKeyPair('pkcs8', bytesOf(otherCurve.pkcs8)),
      () => keys.importKeyPair('pkcs8', rsa.privateKey.export({ type: 'pkcs8', format: 'der' })),
      () => keys.importKeyPair('pkcs8', new Uint8Array(0)),
      () => keys.importKeyPair('pem', ascii(spkiPem)),
      () => keys.importKeyPair('pem', ascii(encrypted)),
      () => keys.importKeyPair('pem', ascii(pem + pem)),
      () => keys.importPublicKey('pkcs8', bytesOf(`${spki}00`)),
      () => keys.importPublicKey('pkcs8', bytesOf(otherCurve.spki)),
      () => keys.importPublicKey('pkcs8', rsa.publicKey.export({ type: 'spki', format: 'der' })),
      () => keys.importPublicKey('pkcs8', bytesOf(pkcs8)),
      () => keys.importPublicKey('pem', ascii(pem)),
    ].map(outcomeOf);
    expect(outcomes).toEqual(outcomes.map(() => 'invalid_key'));
  });

  it('generates keys that node:crypto reads', () => {
    const key = keys.generate();
    const spki = keys.exportPublicKey(keys.publicKeyOf(key), 'pkcs8');
    const read = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    expect(read.asymmetricKeyDetails).toEqual({ namedCurve: curve.name });
    expect(keys.importKeyPair('raw', keys.exportKeyPair(key, 'raw')).equals(key)).toBe(true);
  });
});
