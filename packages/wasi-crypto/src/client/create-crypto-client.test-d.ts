import { expectTypeOf, it } from 'vitest';
import { type CryptoClient, createCryptoClient } from './create-crypto-client.js';
import type { KeyPair, PublicKey, SymmetricKey } from './keys.js';

declare const crypto: CryptoClient;
declare const bytes: Uint8Array;

it('gives keys that know their algorithm', () => {
  expectTypeOf(createCryptoClient({ provider: 'native' })).resolves.toEqualTypeOf<CryptoClient>();
  const pair = crypto.generateKeyPair('Ed25519');
  expectTypeOf(pair).toEqualTypeOf<KeyPair<'Ed25519'>>();
  expectTypeOf(pair.publicKey()).toEqualTypeOf<PublicKey<'Ed25519'>>();
  expectTypeOf(crypto.generateKey('AES-128-GCM')).toEqualTypeOf<SymmetricKey<'AES-128-GCM'>>();
  expectTypeOf(crypto.sign(pair, bytes)).toEqualTypeOf<Uint8Array<ArrayBuffer>>();
  // @ts-expect-error no such algorithm
  crypto.generateKeyPair('Ed448');
  // @ts-expect-error a hash has no key
  crypto.generateKey('SHA-256');
  // @ts-expect-error no such hash
  crypto.hash('MD5', bytes);
});

it('knows the encodings of each algorithm', () => {
  crypto.importPublicKey('ECDSA_P256_SHA256', bytes, 'sec');
  crypto.importKeyPair('RSA_PSS_4096_SHA512', bytes, 'pem');
  crypto.generateKeyPair('P256-SHA256').export('raw');
  // @ts-expect-error only raw
  crypto.importPublicKey('Ed25519', bytes, 'pem');
  // @ts-expect-error a scalar is not an RSA key
  crypto.importKeyPair('RSA_PSS_4096_SHA512', bytes, 'raw');
  // @ts-expect-error a secret key is not a point
  crypto.importSecretKey('ECDSA_P256_SHA256', bytes, 'sec');
  // @ts-expect-error the public key of a curve has no raw form
  crypto.generateKeyPair('P256-SHA256').publicKey().export('raw');
  // @ts-expect-error an encoding must be given
  crypto.importPublicKey('X25519', bytes);
});

it('knows which operation a key may do', () => {
  const signing = crypto.generateKeyPair('ECDSA_P256_SHA256');
  const agreeing = crypto.generateKeyPair('P256-SHA256');
  const encapsulating = crypto.generateKeyPair('ML-KEM-768');
  crypto.sign(signing, [bytes, bytes], 'der');
  crypto.agree(agreeing.publicKey(), agreeing.secretKey());
  crypto.encapsulate(encapsulating.publicKey());
  crypto.encapsulate(agreeing.publicKey());
  // @ts-expect-error a key for agreement does not sign
  crypto.sign(agreeing, bytes);
  // @ts-expect-error a public key does not sign
  crypto.sign(signing.publicKey(), bytes);
  // @ts-expect-error a key pair does not verify
  crypto.verify(signing, bytes, bytes);
  // @ts-expect-error Ed25519 has no DER
  crypto.sign(crypto.generateKeyPair('Ed25519'), bytes, 'der');
  // @ts-expect-error a signature key does not agree
  crypto.agree(signing.publicKey(), signing.secretKey());
  // @ts-expect-error two algorithms
  crypto.agree(agreeing.publicKey(), crypto.generateKeyPair('X25519').secretKey());
  // @ts-expect-error ML-KEM only encapsulates
  crypto.agree(encapsulating.publicKey(), encapsulating.secretKey());
  // @ts-expect-error two algorithms
  crypto.keyPairOf(signing.publicKey(), agreeing.secretKey());
  // @ts-expect-error a signature key does not encapsulate
  crypto.encapsulate(signing.publicKey());
});

it('knows which symmetric key does what', () => {
  const mac = crypto.generateKey('HMAC/SHA-384');
  const encryption = crypto.generateKey('XCHACHA20-POLY1305');
  crypto.mac(mac, bytes);
  crypto.encrypt(encryption, { nonce: bytes, data: bytes });
  // @ts-expect-error this key encrypts
  crypto.mac(encryption, bytes);
  // @ts-expect-error this key authenticates
  crypto.encrypt(mac, { nonce: bytes, data: bytes });
  // @ts-expect-error no nonce
  crypto.encrypt(encryption, { data: bytes });
  // @ts-expect-error not offered for this hash
  crypto.derive('SHA-512/256', { keyingMaterial: bytes, length: 1 });
  // @ts-expect-error a text is not a Uint8Array
  crypto.hash('SHA-256', 'text');
});
