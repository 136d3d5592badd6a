import { createPublicKey, createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ecdsaVectors, rfc6979Vectors } from '../../../conformance/vectors/signatures.js';
import { bytesOf, hexOf, outcomeOf } from '../asymmetric/__fixtures__/outcomes.js';
import {
  type EllipticCurve,
  k256,
  p256,
  p384,
  privateKeyOfScalar,
  publicKeyOfPoint,
} from '../asymmetric/elliptic-curve.js';
import { ByteBudget } from '../byte-budget.js';
import { ecdsa } from './ecdsa.js';
import { Message } from './message.js';

const algorithms = [
  ['ECDSA_P256_SHA256', p256, 'sha256', 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'],
  ['ECDSA_K256_SHA256', k256, 'sha256', 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'],
  [
    'ECDSA_P384_SHA384',
    p384,
    'sha384',
    'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
  ],
] as const;
const budget = new ByteBudget(2 ** 20);

function messageOf(hash: string, ...parts: Uint8Array[]): Message {
  const message = new Message(hash, budget);
  for (const part of parts) {
    message.update(part);
  }
  return message;
}

function element(tag: string, content: string): string {
  return `${tag}${(content.length / 2).toString(16).padStart(2, '0')}${content}`;
}

describe.each(algorithms)('%s', (name, curve: EllipticCurve, hash, order) => {
  const scheme = ecdsa(curve, hash);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: curve.name });
  const text = messageOf(hash, new TextEncoder().encode('sample'));

  // NIST CAVP SigVer for the curves of NIST.
  it('verifies the published signatures, and no changed ones', () => {
    for (const { message, x, y, r, s, valid } of ecdsaVectors[name]) {
      const width = 2 * curve.scalarBytes;
      const key = publicKeyOfPoint(curve, bytesOf(`04${x.padStart(width, '0')}${y.padStart(width, '0')}`));
      const signature = bytesOf(r.padStart(width, '0') + s.padStart(width, '0'));
      expect(scheme.verify(key, messageOf(hash, bytesOf(message)), signature)).toBe(valid);
    }
  });

  it('signs what node:crypto verifies, and the other way round', () => {
    const raw = scheme.sign(privateKey, text);
    expect(raw.byteLength).toBe(2 * curve.scalarBytes);
    const der = scheme.exportSignature('der', raw);
    expect(createVerify(hash).update('sample').verify(publicKey, der)).toBe(true);
    const theirs = createSign(hash).update('sample').sign(privateKey);
    expect(scheme.verify(publicKey, text, scheme.importSignature('der', theirs))).toBe(true);
  });

  it('signs and verifies messages that are too long to be kept', () => {
    const parts = [new Uint8Array(65_000).fill(1), new Uint8Array(65_000).fill(2), new Uint8Array(9)];
    const message = messageOf(hash, ...parts);
    const signature = scheme.sign(privateKey, message);
    const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
    expect(createVerify(hash).update(Buffer.concat(parts)).verify(key, signature)).toBe(true);
    for (let round = 0; round < 8; round += 1) {
      // Half of the numbers s are in the upper half of the group, which is not a defect.
      const theirs = createSign(hash)
        .update(Buffer.concat(parts))
        .sign({ key: privateKey, dsaEncoding: 'ieee-p1363' });
      expect(scheme.verify(publicKey, message, theirs)).toBe(true);
    }
    message.update(new Uint8Array(1));
    expect(scheme.verify(publicKey, message, signature)).toBe(false);
  });

  it('has signatures of one length in their raw form', () => {
    const raw = new Uint8Array(2 * curve.scalarBytes).fill(1);
    expect(hexOf(scheme.importSignature('raw', raw))).toBe(hexOf(raw));
    for (const length of [0, raw.byteLength - 1, raw.byteLength + 1]) {
      expect(outcomeOf(() => scheme.importSignature('raw', new Uint8Array(length)))).toBe(
        'invalid_signature',
      );
    }
  });

  it('keeps leading zeros in the raw form and drops them in DER', () => {
    const zeros = '00'.repeat(curve.scalarBytes - 1);
    const raw = bytesOf(`${zeros}7f${zeros}80`);
    const der = element('30', `${element('02', '7f')}${element('02', '0080')}`);
    expect(hexOf(scheme.exportSignature('der', raw))).toBe(der);
    expect(hexOf(scheme.importSignature('der', bytesOf(der)))).toBe(hexOf(raw));
  });

  const one = element('02', '01');
  const tooLong = element('02', `01${'00'.repeat(curve.scalarBytes)}`);
  it.each([
    ['nothing', ''],
    ['two bytes', '3000'],
    ['a byte after it', `${element('30', one + one)}00`],
    ['a byte after the numbers', element('30', `${one}${one}00`)],
    ['one number', element('30', one)],
    ['three numbers', element('30', one + one + one)],
    ['a leading zero too many', element('30', element('02', '0001') + one)],
    ['a negative number', element('30', one + element('02', '81'))],
    ['an empty number', element('30', element('02', '') + one)],
    ['another tag', element('31', one + one)],
    ['another tag of a number', element('30', one + element('03', '01'))],
    ['a longer form of the length', `3081${element('30', one + one).slice(2)}`],
    ['an indefinite length', `3080${one}${one}0000`],
    ['a length past the end', `3007${one}${one}`],
    ['a length of too many bytes', `30ffffffffff${one}${one}`],
    ['a number that is longer than the group is large', element('30', tooLong + one)],
  ])('reads no DER with %s', (_name, digits) => {
    expect(outcomeOf(() => scheme.importSignature('der', bytesOf(digits)))).toBe('invalid_signature');
  });

  it('verifies no numbers that are out of range', () => {
    const zero = '00'.repeat(curve.scalarBytes);
    const valid = hexOf(scheme.sign(privateKey, text));
    const [r, s] = [valid.slice(0, order.length), valid.slice(order.length)];
    const all = 'ff'.repeat(curve.scalarBytes);
    for (const digits of [zero + zero, zero + s, r + zero, order + s, r + order, all + all]) {
      expect(scheme.verify(publicKey, text, bytesOf(digits))).toBe(false);
      const long = messageOf(hash, new Uint8Array(70_000));
      expect(scheme.verify(publicKey, long, bytesOf(digits))).toBe(false);
    }
    // s + n is the same number to a verifier that reduces it.
    const sum = (BigInt(`0x${s}`) + BigInt(`0x${order}`)).toString(16);
    if (sum.length === s.length) {
      expect(scheme.verify(publicKey, text, bytesOf(r + sum))).toBe(false);
    }
  });

  it('signs another message after the first', () => {
    const message = messageOf(hash, new Uint8Array(3));
    const first = scheme.sign(privateKey, message);
    message.update(new Uint8Array(3));
    const second = scheme.sign(privateKey, message);
    expect(scheme.verify(publicKey, messageOf(hash, new Uint8Array(3)), first)).toBe(true);
    expect(scheme.verify(publicKey, messageOf(hash, new Uint8Array(6)), second)).toBe(true);
    expect(scheme.verify(publicKey, messageOf(hash, new Uint8Array(6)), first)).toBe(false);
  });
});

describe.each([
  ['P-256', ecdsa(p256, 'sha256'), p256, 'sha256'],
  ['P-384', ecdsa(p384, 'sha384'), p384, 'sha384'],
] as const)('RFC 6979 on %s', (name, scheme, curve, hash) => {
  it('has its signatures verified and written in both forms', () => {
    const { scalar, signatures } = rfc6979Vectors[name];
    const publicKey = createPublicKey(privateKeyOfScalar(curve, bytesOf(scalar)));
    for (const { message, raw, der } of signatures) {
      expect(scheme.verify(publicKey, messageOf(hash, bytesOf(message)), bytesOf(raw))).toBe(true);
      expect(hexOf(scheme.importSignature('der', bytesOf(der)))).toBe(raw);
      expect(hexOf(scheme.exportSignature('der', bytesOf(raw)))).toBe(der);
    }
  });
});
