import { createCipheriv, createHash, createHmac, hkdfSync } from 'node:crypto';
import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { WasiCryptoError } from '../errors.js';
import { allTargets, embeddedTargets, forEachClient } from './__fixtures__/clients.js';
import type { HashAlgorithm, KeyDerivationHash } from './algorithm-names.js';

// What node:crypto computes is what is expected; it is called directly here.
const data = new TextEncoder().encode('some data');
const hexOf = (bytes: Uint8Array | ArrayBuffer) => Buffer.from(bytes as Uint8Array).toString('hex');
const nodeNames = {
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  'SHA-512/256': 'sha512-256',
};

await forEachClient(allTargets, (client) => {
  it.each<HashAlgorithm>(['SHA-256', 'SHA-512', 'SHA-512/256'])('hashes with %s', (algorithm) => {
    const expected = createHash(nodeNames[algorithm]).update(data).digest('hex');
    expect(hexOf(client().hash(algorithm, data))).toBe(expected);
    expect(hexOf(client().hash(algorithm, [data.subarray(0, 2), data.subarray(2)]))).toBe(expected);
  });

  it('hashes more than crosses in one call', () => {
    const long = new Uint8Array(5_000_001).fill(3);
    expect(hexOf(client().hash('SHA-256', long))).toBe(createHash('sha256').update(long).digest('hex'));
  });

  it('makes and verifies tags', () => {
    const bytes = new Uint8Array(20).fill(11);
    using key = client().importKey('HMAC/SHA-256', bytes);
    const tag = client().mac(key, data);
    expect(hexOf(tag)).toBe(createHmac('sha256', bytes).update(data).digest('hex'));
    expect(client().verifyMac(key, data, tag)).toBe(true);
    expect(client().verifyMac(key, data.subarray(1), tag)).toBe(false);
    for (const length of [0, 10, 31]) {
      expect(client().verifyMac(key, data, tag.subarray(0, length))).toBe(false);
    }
    expect(client().verifyMac(key, data, Uint8Array.of(...tag, 0))).toBe(false);
  });

  it('derives keys', () => {
    const [keyingMaterial, salt, info] = [Uint8Array.of(1, 2), Uint8Array.of(3), Uint8Array.of(4, 5)];
    const derivation = { keyingMaterial, salt, info, length: 42 };
    expect(hexOf(client().derive('SHA-512', derivation))).toBe(
      hexOf(hkdfSync('sha512', keyingMaterial, salt, info, 42)),
    );
    expect(hexOf(client().derive('SHA-256', { keyingMaterial, length: 16 }))).toBe(
      hexOf(hkdfSync('sha256', keyingMaterial, '', '', 16)),
    );
  });

  it.each(['AES-128-GCM', 'AES-256-GCM', 'CHACHA20-POLY1305'] as const)('encrypts with %s', (algorithm) => {
    using key = client().generateKey(algorithm);
    const [nonce, additionalData] = [new Uint8Array(12).fill(9), Uint8Array.of(1, 2, 3)];
    const cipher = createCipheriv(algorithm.toLowerCase() as 'aes-128-gcm', key.export(), nonce, {
      authTagLength: 16,
    });
    cipher.setAAD(additionalData);
    const expected = Buffer.concat([cipher.update(data), cipher.final(), cipher.getAuthTag()]);
    const encrypted = client().encrypt(key, { nonce, data, additionalData });
    expect(hexOf(encrypted)).toBe(hexOf(expected));
    expect(hexOf(client().decrypt(key, { nonce, data: encrypted, additionalData }))).toBe(hexOf(data));
    const changed = encrypted.with(0, (encrypted[0] ?? 0) ^ 1);
    const decrypt = () => client().decrypt(key, { nonce, data: changed, additionalData });
    expect(decrypt).toThrow(WasiCryptoError);
    expect(decrypt).toThrow(/invalid_tag \(21\)/);
  });
});

await forEachClient(embeddedTargets, (client) => {
  it.each<KeyDerivationHash>(['SHA-256', 'SHA-384', 'SHA-512'])('has all constructions over %s', (hash) => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(hexOf(client().hash(hash, data))).toBe(createHash(nodeNames[hash]).update(data).digest('hex'));
    using key = client().importKey(`HMAC/${hash}`, bytes);
    expect(hexOf(client().mac(key, data))).toBe(
      createHmac(nodeNames[hash], bytes).update(data).digest('hex'),
    );
    expect(hexOf(client().derive(hash, { keyingMaterial: bytes, length: 100 }))).toBe(
      hexOf(hkdfSync(nodeNames[hash], bytes, '', '', 100)),
    );
  });

  it('encrypts with XChaCha20-Poly1305, and much at once', () => {
    using key = client().generateKey('XCHACHA20-POLY1305');
    const encryption = { nonce: new Uint8Array(24).fill(1), data: new Uint8Array(2_000_000).fill(5) };
    const encrypted = client().encrypt(key, encryption);
    const decrypted = client().decrypt(key, { ...encryption, data: encrypted });
    expect(Buffer.compare(decrypted, encryption.data)).toBe(0);
  });

  it('refuses names that no encryption has, before anything is encrypted', () => {
    using key = client().generateKey('AES-256-GCM');
    const encryption = { nonce: new Uint8Array(12), data };
    for (const other of [{ additionaldata: data }, { aad: data }]) {
      const misspelt = { ...encryption, ...other } as never;
      expect(() => client().encrypt(key, misspelt)).toThrow(InvalidArgumentError);
      expect(() => client().decrypt(key, misspelt)).toThrow(/has no option/);
    }
    expect(() => client().encrypt(key, { data } as never)).toThrow(InvalidArgumentError);
    expect(() => client().encrypt(key, undefined as never)).toThrow(InvalidArgumentError);
  });

  it.each([
    [() => client().hash('SHA-256', 'text' as never), InvalidArgumentError],
    [() => client().hash('SHA-256', 5 as never), InvalidArgumentError],
    [() => client().hash('SHA-256', [1] as never), InvalidArgumentError],
    [() => client().hash('MD5' as never, data), WasiCryptoError],
    [() => client().derive('SHA-256', { keyingMaterial: data, length: -1 }), InvalidArgumentError],
    [() => client().derive('SHA-256', { keyingMaterial: data, length: 255 * 32 + 1 }), InvalidArgumentError],
    [() => client().derive('SHA-256', { keyingMaterial: data, lenght: 1 } as never), InvalidArgumentError],
    [
      () => client().derive('SHA-256', { keyingMaterial: data, length: 1, Salt: data } as never),
      InvalidArgumentError,
    ],
    [() => client().derive('SHA-256', undefined as never), InvalidArgumentError],
    [() => client().hash('constructor' as never, data), WasiCryptoError],
    [() => client().importKey('AES-128-GCM', 'x' as never), InvalidArgumentError],
    [() => client().mac({} as never, data), InvalidArgumentError],
  ])('refuses wrong arguments', (act, error) => {
    expect(act).toThrow(error);
  });
});
