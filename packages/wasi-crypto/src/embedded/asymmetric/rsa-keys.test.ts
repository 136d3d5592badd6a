import { generateKeyPairSync, type RSAPSSKeyPairKeyObjectOptions } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rsaKeys as vectors } from '../../../conformance/vectors/rsa-keys.js';
import { bytesOf, hexOf, outcomeOf } from './__fixtures__/outcomes.js';
import { rsaKeys } from './rsa-keys.js';

// Keys of the program openssl 3.0.
const { pkcs8, pkcs1, pem, spki, spkiPem } = vectors[2048];
const ascii = (text: string) => new TextEncoder().encode(text);
const paddings = ['pkcs1', 'pss'] as const;

describe.each(paddings)('RSA keys for %s', (padding) => {
  const keys = rsaKeys({ modulusBits: 2048, hash: 'sha256', padding });

  it('imports and exports every encoding', () => {
    const inputs = [['pkcs8', bytesOf(pkcs8)] as const, ['pkcs8', bytesOf(pkcs1)] as const];
    for (const [encoding, bytes] of [...inputs, ['pem', ascii(pem)] as const]) {
      for (const key of [keys.importKeyPair(encoding, bytes), keys.importSecretKey(encoding, bytes)]) {
        expect(hexOf(keys.exportKeyPair(key, 'pkcs8'))).toBe(pkcs8);
        expect(hexOf(keys.exportSecretKey(key, 'pkcs8'))).toBe(pkcs8);
        expect(new TextDecoder().decode(keys.exportSecretKey(key, 'pem'))).toBe(pem);
        expect(hexOf(keys.exportPublicKey(keys.publicKeyOf(key), 'pkcs8'))).toBe(spki);
      }
    }
    const publicKey = keys.importPublicKey('pem', ascii(spkiPem));
    const publicPkcs1 = publicKey.export({ type: 'pkcs1', format: 'der' });
    for (const key of [
      publicKey,
      ...[bytesOf(spki), publicPkcs1].map((der) => keys.importPublicKey('pkcs8', der)),
    ]) {
      expect(hexOf(keys.exportPublicKey(key, 'pkcs8'))).toBe(spki);
      expect(new TextDecoder().decode(keys.exportPublicKey(key, 'pem'))).toBe(spkiPem);
      expect(outcomeOf(() => keys.checkPublicKey(key))).toBe('success');
    }
  });

  it('has no other encodings', () => {
    for (const encoding of ['raw', 'sec', 'local'] as const) {
      const key = keys.importKeyPair('pkcs8', bytesOf(pkcs8));
      const outcomes = [
        () => keys.importKeyPair(encoding, bytesOf(pkcs8)),
        () => keys.importPublicKey(encoding, bytesOf(spki)),
        () => keys.exportSecretKey(key, encoding),
        () => keys.exportPublicKey(keys.publicKeyOf(key), encoding),
      ].map(outcomeOf);
      expect(outcomes).toEqual(outcomes.map(() => 'unsupported_encoding'));
    }
  });

  it('wants the size of the algorithm, and nothing after the structure', () => {
    const larger = vectors[3072];
    const outcomes = [
      () => keys.importKeyPair('pkcs8', bytesOf(larger.pkcs8)),
      () => keys.importPublicKey('pkcs8', bytesOf(larger.spki)),
      () => keys.importKeyPair('pkcs8', bytesOf(`${pkcs8}00`)),
      () => keys.importPublicKey('pkcs8', bytesOf(`${spki}00`)),
      () => keys.importPublicKey('pkcs8', bytesOf(spki.slice(0, -2))),
      () =>
        keys.importPublicKey(
          'pkcs8',
          generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }),
        ),
    ].map(outcomeOf);
    expect(outcomes).toEqual(outcomes.map(() => 'invalid_key'));
  });

  it('refuses private numbers of another key', () => {
    const modulus = spki.slice(-'0203010001'.length - 512, -'0203010001'.length);
    const other = `${modulus.slice(0, 20)}${modulus[20] === '0' ? '1' : '0'}${modulus.slice(21)}`;
    const changed = pkcs8.replace(modulus, other);
    expect(changed).not.toBe(pkcs8);
    expect(outcomeOf(() => keys.importKeyPair('pkcs8', bytesOf(changed)))).toBe('invalid_key');
  });

  it.each([
    ['even', '010000'],
    ['one', '000001'],
    ['zero', '000000'],
  ])('refuses an exponent that is %s', (_name, exponent) => {
    const changed = spki.replace(/0203010001$/, `0203${exponent}`);
    expect(changed).not.toBe(spki);
    expect(outcomeOf(() => keys.importPublicKey('pkcs8', bytesOf(changed)))).toBe('invalid_key');
  });

  it('verifies that the modulus can be one', () => {
    const modulusEnd = spki.length - '0203010001'.length;
    const even = `${spki.slice(0, modulusEnd - 1)}0${spki.slice(modulusEnd)}`;
    expect(outcomeOf(() => keys.checkPublicKey(keys.importPublicKey('pkcs8', bytesOf(even))))).toBe(
      'invalid_key',
    );
    const modulusStart = modulusEnd - 512;
    // The largest prime below 2 to the power of 2048 is 2^2048 - 1942289, https://oeis.org/A013603.
    const prime = ((1n << 2048n) - 1_942_289n).toString(16);
    const changed = spki.slice(0, modulusStart) + prime + spki.slice(modulusEnd);
    expect(outcomeOf(() => keys.checkPublicKey(keys.importPublicKey('pkcs8', bytesOf(changed))))).toBe(
      'invalid_key',
    );
  });
});

describe('keys that are marked for RSA-PSS', () => {
  const pss = rsaKeys({ modulusBits: 2048, hash: 'sha256', padding: 'pss' });

  it('are made, verified, and given back', () => {
    const key = pss.generate();
    const publicKey = pss.publicKeyOf(key);
    expect(key.asymmetricKeyType).toBe('rsa-pss');
    expect(outcomeOf(() => pss.checkPublicKey(publicKey))).toBe('success');
    expect(pss.importKeyPair('pkcs8', pss.exportKeyPair(key, 'pkcs8')).equals(key)).toBe(true);
    expect(pss.importPublicKey('pem', pss.exportPublicKey(publicKey, 'pem')).equals(publicKey)).toBe(true);
  });

  it('are not keys of PKCS #1', () => {
    const pkcs1Keys = rsaKeys({ modulusBits: 2048, hash: 'sha256', padding: 'pkcs1' });
    const der = pss.exportKeyPair(pss.generate(), 'pkcs8');
    expect(outcomeOf(() => pkcs1Keys.importKeyPair('pkcs8', der))).toBe('invalid_key');
  });

  it.each([
    ['the same digest', { hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 32 }, 'success'],
    [
      'another digest',
      { hashAlgorithm: 'sha384', mgf1HashAlgorithm: 'sha256', saltLength: 32 },
      'invalid_key',
    ],
    ['another mask', { hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha384', saltLength: 32 }, 'invalid_key'],
    [
      'a longer salt',
      { hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength: 33 },
      'invalid_key',
    ],
  ])('may be bound to %s', (_name, parameters, outcome) => {
    // The types want a text for saltLength, and Node.js a number.
    const options = { modulusLength: 2048, ...parameters } as unknown as RSAPSSKeyPairKeyObjectOptions;
    const { publicKey } = generateKeyPairSync('rsa-pss', options);
    const der = publicKey.export({ type: 'spki', format: 'der' });
    expect(outcomeOf(() => pss.importPublicKey('pkcs8', der))).toBe(outcome);
  });
});
