export { wasiCryptoModuleNames, wasiCryptoPluginName, wasiCryptoSignatures } from './abi.js';
export { type CryptoErrno, type CryptoErrnoName, cryptoErrno, cryptoErrnoName } from './embedded/errno.js';
export { SecretsFileError } from './errors/secrets-file-error.js';
export type { CryptoBounds, WasiCryptoPluginOptions } from './options.js';
export { wasiCryptoReleases } from './platforms.js';
export { wasiCryptoPlugin } from './plugin.js';
export type { SecretsKey, SecretsOptions, SecretsPassphrase, SecretsPath } from './secrets-options.js';
