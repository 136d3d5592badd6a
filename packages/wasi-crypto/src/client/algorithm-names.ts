/** ECDSA algorithms. */
export type EcdsaAlgorithm = 'ECDSA_P256_SHA256' | 'ECDSA_K256_SHA256' | 'ECDSA_P384_SHA384';

/** Sizes of an RSA modulus in bits, and the digests that go with them. */
export type RsaSize = `2048_SHA${256 | 384 | 512}` | `3072_SHA${384 | 512}` | '4096_SHA512';

/** RSA signature algorithms. */
export type RsaAlgorithm = `RSA_${'PKCS1' | 'PSS'}_${RsaSize}`;

/** Signature algorithms. */
export type SignatureAlgorithm = EcdsaAlgorithm | 'Ed25519' | RsaAlgorithm;

/** Algorithms by which two sides agree on a secret. */
export type KeyAgreementAlgorithm = 'X25519' | 'P256-SHA256' | 'P384-SHA384';

/** Algorithms by which one side sends a secret to the owner of a key. */
export type KeyEncapsulationAlgorithm = KeyAgreementAlgorithm | 'ML-KEM-768';

/** Algorithms with key pairs. */
export type KeyPairAlgorithm = SignatureAlgorithm | KeyEncapsulationAlgorithm;

/** Hash functions. */
export type HashAlgorithm = 'SHA-256' | 'SHA-384' | 'SHA-512' | 'SHA-512/256';

/** Hash functions that a key can be derived with. */
export type KeyDerivationHash = 'SHA-256' | 'SHA-384' | 'SHA-512';

/** Message authentication. */
export type MacAlgorithm = `HMAC/${KeyDerivationHash}`;

/** Authenticated encryption with additional data. */
export type EncryptionAlgorithm = 'AES-128-GCM' | 'AES-256-GCM' | 'CHACHA20-POLY1305' | 'XCHACHA20-POLY1305';

/** Algorithms with symmetric keys. */
export type SymmetricKeyAlgorithm = MacAlgorithm | EncryptionAlgorithm;

/** Algorithms whose keys are only encoded raw. */
export type RawAlgorithm = 'Ed25519' | 'X25519' | 'ML-KEM-768';

/** Encodings of a key pair or a secret key: PKCS#8 as DER or PEM, and raw except for RSA. */
export type SecretEncoding<Algorithm extends KeyPairAlgorithm> = Algorithm extends RawAlgorithm
  ? 'raw'
  : Algorithm extends RsaAlgorithm
    ? 'pkcs8' | 'pem'
    : 'raw' | 'pkcs8' | 'pem';

/** Encodings of a public key: SubjectPublicKeyInfo as DER (`pkcs8`) or PEM, and a point as SEC 1 writes it. */
export type PublicEncoding<Algorithm extends KeyPairAlgorithm> = Algorithm extends RawAlgorithm
  ? 'raw'
  : Algorithm extends RsaAlgorithm
    ? 'pkcs8' | 'pem'
    : 'pkcs8' | 'pem' | 'sec';

/** Encodings of a signature. */
export type SignatureEncoding<Algorithm extends SignatureAlgorithm> = Algorithm extends EcdsaAlgorithm
  ? 'raw' | 'der'
  : 'raw';

const keyExchangeNames: Readonly<Record<KeyEncapsulationAlgorithm, true>> = {
  X25519: true,
  'P256-SHA256': true,
  'P384-SHA384': true,
  'ML-KEM-768': true,
};

/** The number of an algorithm's type, which the functions for key pairs take. */
export function algorithmTypeNumber(algorithm: KeyPairAlgorithm): 0 | 2 {
  return Object.hasOwn(keyExchangeNames, algorithm) ? 2 : 0;
}
