import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ecKeys } from '../../../conformance/vectors/ec-keys.js';
import { rsaKeys } from '../../../conformance/vectors/rsa-keys.js';
import { ByteBudget } from '../byte-budget.js';
import { CryptoError } from '../crypto-error.js';
import { SignatureState, VerificationState } from '../signatures/signature-objects.js';
import { bytesOf, hexOf, outcomeOf } from './__fixtures__/outcomes.js';
import { findSignatureAlgorithm } from './algorithms.js';
import type { KeyEncoding } from './key-encoding.js';
import { KeyPair, PublicKey } from './key-objects.js';

// Keys of the program openssl, with some bytes changed, removed or added: whatever can still be imported must be a key in every respect.
const ascii = (text: string) => new TextEncoder().encode(text);
const names = {
  ECDSA_P256_SHA256: ecKeys['P-256'],
  ECDSA_K256_SHA256: ecKeys['K-256'],
  ECDSA_P384_SHA384: ecKeys['P-384'],
};
const { 2048: rsaKey } = rsaKeys;

const keyPairs: [string, KeyEncoding, Uint8Array][] = [
  ...Object.entries(names).flatMap(
    ([name, { raw, pkcs8, sec1, pem }]): [string, KeyEncoding, Uint8Array][] => [
      [name, 'raw', bytesOf(raw)],
      [name, 'pkcs8', bytesOf(pkcs8)],
      [name, 'pkcs8', bytesOf(sec1)],
      [name, 'pem', ascii(pem)],
    ],
  ),
  ['RSA_PKCS1_2048_SHA256', 'pkcs8', bytesOf(rsaKey.pkcs8)],
  ['RSA_PSS_2048_SHA256', 'pkcs8', bytesOf(rsaKey.pkcs1)],
];
const publicKeys: [string, KeyEncoding, Uint8Array][] = [
  ...Object.entries(names).flatMap(
    ([name, { point, compressed, spki, spkiPem }]): [string, KeyEncoding, Uint8Array][] => [
      [name, 'sec', bytesOf(point)],
      [name, 'sec', bytesOf(compressed)],
      [name, 'pkcs8', bytesOf(spki)],
      [name, 'pem', ascii(spkiPem)],
    ],
  ),
  ['RSA_PKCS1_2048_SHA256', 'pkcs8', bytesOf(rsaKey.spki)],
];

const changes = fc.array(
  fc.record({
    at: fc.nat(),
    removed: fc.integer({ min: 0, max: 3 }),
    added: fc.uint8Array({ maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 3 },
);

function changed(bytes: Uint8Array, list: readonly { at: number; removed: number; added: Uint8Array }[]) {
  const result = [...bytes];
  for (const { at, removed, added } of list) {
    result.splice(at % (result.length + 1), removed, ...added);
  }
  return Uint8Array.from(result);
}

/** What an import gives, or undefined where it answers that there is no key. */
function imported<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch (error) {
    expect(error).toBeInstanceOf(CryptoError);
    expect((error as CryptoError).message).toBe('invalid_key');
    return undefined;
  }
}

it.each(keyPairs)('a changed key pair of %s as %s is none, or one that signs', (name, encoding, bytes) => {
  const algorithm = findSignatureAlgorithm(name.toLowerCase());
  const { keys } = algorithm;
  const budget = new ByteBudget(1000);
  fc.assert(
    fc.property(changes, (list) => {
      const key = imported(() => keys.importKeyPair(encoding, changed(bytes, list)));
      if (key === undefined) {
        return;
      }
      const signature = new SignatureState({ algorithm, key }, budget).sign();
      const publicKey = new KeyPair(algorithm, key).publicKey();
      new VerificationState({ algorithm, key: publicKey.key }, budget).verify(signature);
      const again = keys.importKeyPair('pkcs8', keys.exportKeyPair(key, 'pkcs8'));
      expect(again.equals(key)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it.each(publicKeys)('a changed public key of %s as %s is none, or one to use', (name, encoding, bytes) => {
  const algorithm = findSignatureAlgorithm(name.toLowerCase());
  const { keys } = algorithm;
  fc.assert(
    fc.property(changes, (list) => {
      const key = imported(() => keys.importPublicKey(encoding, changed(bytes, list)));
      if (key === undefined) {
        return;
      }
      expect(['success', 'invalid_key']).toContain(outcomeOf(() => new PublicKey(algorithm, key).check()));
      const again = keys.importPublicKey('pkcs8', keys.exportPublicKey(key, 'pkcs8'));
      expect(hexOf(keys.exportPublicKey(again, 'pkcs8'))).toBe(hexOf(keys.exportPublicKey(key, 'pkcs8')));
    }),
    { numRuns: 60 },
  );
});
