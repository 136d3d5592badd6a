import { DisposedError, InvalidArgumentError } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { WasiCryptoError } from '../errors.js';
import { createCryptoClient } from './create-crypto-client.js';

describe('createCryptoClient', () => {
  it.each([
    [null],
    ['native'],
    [{ provider: 'other' }],
    [{ maxHandles: 0 }],
    [{ maxHandle: 5 }],
    [{ engines: 'v8' }],
    [new Map([['maxHandles', 5]])],
  ])('refuses %j', async (options) => {
    await expect(createCryptoClient(options as never)).rejects.toThrow(InvalidArgumentError);
  });

  it('refuses bytes whose buffer was transferred, by what they are', async () => {
    using crypto = await createCryptoClient();
    const gone = new Uint8Array(32);
    structuredClone(gone, { transfer: [gone.buffer] });
    using key = crypto.generateKey('HMAC/SHA-256');
    using cipher = crypto.generateKey('AES-256-GCM');
    const data = new Uint8Array(1);
    const keyingMaterial = new Uint8Array(4);
    for (const [what, use] of [
      ['The data', () => crypto.hash('SHA-256', gone)],
      ['The data', () => crypto.mac(key, [data, gone])],
      ['A tag', () => crypto.verifyMac(key, data, gone)],
      ['A key', () => crypto.importKey('HMAC/SHA-256', gone)],
      ['The keying material', () => crypto.derive('SHA-256', { keyingMaterial: gone, length: 8 })],
      ['The salt', () => crypto.derive('SHA-256', { keyingMaterial, salt: gone, length: 8 })],
      ['A nonce', () => crypto.encrypt(cipher, { nonce: gone, data })],
      ['The data', () => crypto.encrypt(cipher, { nonce: new Uint8Array(12), data: gone })],
    ] as const) {
      expect(use).toThrow(InvalidArgumentError);
      expect(use).toThrow(`${what} is a Uint8Array whose bytes are gone`);
    }
    const secrets = { path: 'keys.bin', key: gone };
    await expect(createCryptoClient({ secrets })).rejects.toThrow(
      'The option secrets.key of wasiCryptoPlugin() is a Uint8Array whose bytes are gone',
    );
  });

  it('is an error after disposal, and its keys with it', async () => {
    const crypto = await createCryptoClient();
    const pair = crypto.generateKeyPair('Ed25519');
    crypto[Symbol.dispose]();
    crypto[Symbol.dispose]();
    expect(() => crypto.hash('SHA-256', new Uint8Array(1))).toThrow(DisposedError);
    expect(() => pair.publicKey()).toThrow(DisposedError);
    expect(() => pair[Symbol.dispose]()).not.toThrow();
  });

  it('takes no disposed keys and none of another client', async () => {
    using one = await createCryptoClient();
    using other = await createCryptoClient();
    const pair = one.generateKeyPair('Ed25519');
    expect(() => other.sign(pair, new Uint8Array(1))).toThrow(InvalidArgumentError);
    pair[Symbol.dispose]();
    pair[Symbol.dispose]();
    expect(() => one.sign(pair, new Uint8Array(1))).toThrow(DisposedError);
  });

  it('holds nothing after its functions have returned', async () => {
    using crypto = await createCryptoClient({ maxHandles: 8, maxStoredBytes: 10_000 });
    using pair = crypto.generateKeyPair('ECDSA_P256_SHA256');
    using publicKey = pair.publicKey();
    using key = crypto.generateKey('AES-256-GCM');
    using macKey = crypto.generateKey('HMAC/SHA-256');
    const data = new Uint8Array(500);
    for (let round = 0; round < 20; round += 1) {
      expect(crypto.verify(publicKey, data, crypto.sign(pair, data))).toBe(true);
      expect(crypto.verify(publicKey, data, data)).toBe(false);
      expect(crypto.verifyMac(macKey, data, crypto.mac(macKey, data))).toBe(true);
      expect(crypto.verifyMac(macKey, data, new Uint8Array(32))).toBe(false);
      const nonce = new Uint8Array(12).fill(round);
      expect(() => crypto.decrypt(key, { nonce, data })).toThrow(WasiCryptoError);
      crypto.encrypt(key, { nonce, data });
      crypto.derive('SHA-256', { keyingMaterial: data, length: 10 });
      crypto.hash('SHA-256', data);
    }
  });

  it('leaves no key in the memory that the plug-in sees, and none in an error', async () => {
    using crypto = await createCryptoClient();
    const secret = new Uint8Array(48).fill(0x5a);
    try {
      crypto.importSecretKey('Ed25519', secret, 'raw');
      expect.unreachable();
    } catch (error) {
      expect(WasiCryptoError.isInstance(error)).toBe(true);
      expect(JSON.stringify(error) + String(error) + (error as Error).stack).not.toMatch(/5a5a|90,90|ZZZ/);
      expect(error).toMatchObject({ code: 'ERR_WASI_CRYPTO', errno: 8, errnoName: 'invalid_key' });
    }
  });
});
