import {
  constants,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  type RSAPSSKeyPairKeyObjectOptions,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rsaVectors } from '../../../conformance/vectors/rsa.js';
import { rsaKeys as keyVectors } from '../../../conformance/vectors/rsa-keys.js';
import { bytesOf, outcomeOf } from '../asymmetric/__fixtures__/outcomes.js';
import { findSignatureAlgorithm } from '../asymmetric/algorithms.js';
import { readPrivateKeyInfo } from '../asymmetric/der/key-structures.js';
import { rsaKeys } from '../asymmetric/rsa-keys.js';
import { ByteBudget } from '../byte-budget.js';
import { Message } from './message.js';
import { rsa } from './rsa.js';

const budget = new ByteBudget(2 ** 24);

function messageOf(digest: string | undefined, ...parts: Uint8Array[]): Message {
  const message = new Message(digest, budget);
  for (const part of parts) {
    message.update(part);
  }
  return message;
}

describe('RSA', () => {
  it('judges the signatures of NIST CAVP as its tables do', () => {
    const judged = new Set<boolean>();
    for (const [name, vectors] of Object.entries(rsaVectors)) {
      const { keys, scheme } = findSignatureAlgorithm(name.toLowerCase());
      for (const { spki, message, signature, valid } of vectors) {
        const key = keys.importPublicKey('pkcs8', bytesOf(spki));
        expect(scheme.verify(key, messageOf(scheme.digest, bytesOf(message)), bytesOf(signature))).toBe(
          valid,
        );
        judged.add(valid);
      }
    }
    expect(judged).toEqual(new Set([true, false]));
  });

  it('verifies the signatures of the program openssl', () => {
    for (const { spki, message, signatures } of Object.values(keyVectors)) {
      for (const [name, signature] of Object.entries(signatures)) {
        const { keys, scheme } = findSignatureAlgorithm(name.toLowerCase());
        const key = keys.importPublicKey('pkcs8', bytesOf(spki));
        const verify = (text: string) =>
          scheme.verify(key, messageOf(scheme.digest, bytesOf(text)), bytesOf(signature));
        expect([name, verify(message), verify(`${message}00`)]).toEqual([name, true, false]);
      }
    }
  });
});

const { pkcs8 } = keyVectors[2048];
const paddings = [
  ['pkcs1', { padding: constants.RSA_PKCS1_PADDING }],
  // A salt as long as the digest, and no other.
  ['pss', { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }],
] as const;

describe.each(paddings)('RSA with the padding %s', (padding, options) => {
  const rules = { modulusBits: 2048, hash: 'sha384', padding } as const;
  const [keys, scheme] = [rsaKeys(rules), rsa(rules)];
  const privateKey = keys.importKeyPair('pkcs8', bytesOf(pkcs8));
  const publicKey = createPublicKey(privateKey);

  it.each([
    ['short', [new Uint8Array(10), new Uint8Array(5)]],
    ['long', [new Uint8Array(60_000), new Uint8Array(60_000).fill(1), new Uint8Array(7)]],
  ])('signs what node:crypto verifies, and the other way round, for a %s message', (_name, parts) => {
    const message = messageOf(scheme.digest, ...parts);
    const whole = Buffer.concat(parts);
    const signature = scheme.sign(privateKey, message);
    expect(
      createVerify('sha384')
        .update(whole)
        .verify({ key: publicKey, ...options }, signature),
    ).toBe(true);
    const theirs = createSign('sha384')
      .update(whole)
      .sign({ key: privateKey, ...options });
    expect(scheme.verify(publicKey, message, theirs)).toBe(true);
    expect(
      scheme.verify(
        publicKey,
        message,
        signature.map((byte) => byte ^ 1),
      ),
    ).toBe(false);
    message.update(new Uint8Array(1));
    expect(scheme.verify(publicKey, message, theirs)).toBe(false);
  });

  it('has raw signatures of the size of the modulus only', () => {
    for (const length of [0, 255, 257]) {
      expect(outcomeOf(() => scheme.importSignature('raw', new Uint8Array(length)))).toBe(
        'invalid_signature',
      );
    }
    expect(outcomeOf(() => scheme.importSignature('raw', new Uint8Array(256)))).toBe('success');
    expect(outcomeOf(() => scheme.importSignature('der', new Uint8Array(256)))).toBe('unsupported_encoding');
    expect(outcomeOf(() => scheme.exportSignature('der', new Uint8Array(256)))).toBe('unsupported_encoding');
  });

  it('does not verify under another digest', () => {
    const other = rsa({ ...rules, hash: 'sha512' });
    for (const length of [3, 100_000]) {
      const signature = scheme.sign(privateKey, messageOf(scheme.digest, new Uint8Array(length)));
      expect(other.verify(publicKey, messageOf(other.digest, new Uint8Array(length)), signature)).toBe(false);
    }
  });
});

it('verifies RSA-PSS signatures with a salt of any length', () => {
  const rules = { modulusBits: 2048, hash: 'sha256', padding: 'pss' } as const;
  const scheme = rsa(rules);
  const privateKey = rsaKeys(rules).importKeyPair('pkcs8', bytesOf(pkcs8));
  for (const saltLength of [0, 20, 32, constants.RSA_PSS_SALTLEN_MAX_SIGN]) {
    const key = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
    const signature = createSign('sha256').update('text').sign(key);
    const message = messageOf(scheme.digest, Buffer.from('text'));
    expect(scheme.verify(createPublicKey(privateKey), message, signature)).toBe(true);
  }
});

describe('keys that are bound to RSA-PSS with parameters', () => {
  const algorithm = findSignatureAlgorithm('rsa_pss_2048_sha256');
  const { keys, scheme } = algorithm;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const message = () => messageOf(scheme.digest, Buffer.from('text'));
  const boundTo = (saltLength: number) => {
    const parameters = { hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength };
    // The types want a text for saltLength, and Node.js a number.
    const options = { modulusLength: 2048, ...parameters } as unknown as RSAPSSKeyPairKeyObjectOptions;
    const { privateKey } = generateKeyPairSync('rsa-pss', options);
    const pair = keys.importKeyPair('pkcs8', privateKey.export({ type: 'pkcs8', format: 'der' }));
    return { pair, publicKey: keys.publicKeyOf(pair) };
  };

  it.each([0, 20, 32])('sign and verify, with a salt of at least %i bytes', (shortest) => {
    const { pair, publicKey } = boundTo(shortest);
    const signature = scheme.sign(pair, message());
    expect(scheme.verify(publicKey, message(), signature)).toBe(true);
    expect(scheme.verify(publicKey, messageOf(scheme.digest, Buffer.from('other')), signature)).toBe(false);
    expect(scheme.verify(publicKey, message(), new Uint8Array(256).fill(0xff))).toBe(false);
    const key = { key: publicKey, padding, saltLength: 32 };
    expect(createVerify('sha256').update('text').verify(key, signature)).toBe(true);
    // RFC 4055, section 3.3: the key has the shortest salt. The same numbers without a mark sign with any.
    const inner = readPrivateKeyInfo(pair.export({ type: 'pkcs8', format: 'der' })).key;
    const free = createPrivateKey({ key: Buffer.from(inner), format: 'der', type: 'pkcs1' });
    for (const saltLength of [0, 19, 20, 31, 32, 100]) {
      const theirs = createSign('sha256').update('text').sign({ key: free, padding, saltLength });
      expect([saltLength, scheme.verify(publicKey, message(), theirs)]).toEqual([
        saltLength,
        saltLength >= shortest,
      ]);
    }
    expect(keys.importPublicKey('pkcs8', keys.exportPublicKey(publicKey, 'pkcs8')).equals(publicKey)).toBe(
      true,
    );
  });
});
