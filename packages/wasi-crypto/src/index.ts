export { wasiCryptoModuleNames, wasiCryptoPluginName, wasiCryptoSignatures } from './abi.js';
export type {
  EcdsaAlgorithm,
  EncryptionAlgorithm,
  HashAlgorithm,
  KeyAgreementAlgorithm,
  KeyDerivationHash,
  KeyEncapsulationAlgorithm,
  KeyPairAlgorithm,
  MacAlgorithm,
  PublicEncoding,
  RawAlgorithm,
  RsaAlgorithm,
  RsaSize,
  SecretEncoding,
  SignatureAlgorithm,
  SignatureEncoding,
  SymmetricKeyAlgorithm,
} from './client/algorithm-names.js';
export type { AsymmetricClient, EncapsulatedSecret } from './client/asymmetric-client.js';
export {
  type CryptoClient,
  type CryptoClientOptions,
  createCryptoClient,
} from './client/create-crypto-client.js';
export type { CryptoData } from './client/data.js';
export type { KeyPair, PublicKey, SecretKey, SymmetricKey } from './client/keys.js';
export type { Encryption, KeyDerivation, SymmetricClient } from './client/symmetric-client.js';
export { type CryptoErrno, type CryptoErrnoName, cryptoErrno, cryptoErrnoName } from './embedded/errno.js';
export { SecretsFileError, WasiCryptoError } from './errors.js';
export type { CryptoBounds, WasiCryptoPluginOptions } from './options.js';
export { wasiCryptoReleases } from './platforms.js';
export { wasiCryptoPlugin } from './plugin.js';
export type { SecretsKey, SecretsOptions, SecretsPassphrase, SecretsPath } from './secrets-options.js';
