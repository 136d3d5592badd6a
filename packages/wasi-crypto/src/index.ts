export { wasiCryptoModuleNames, wasiCryptoPluginName, wasiCryptoSignatures } from './abi.js';
export { type CryptoErrno, type CryptoErrnoName, cryptoErrno, cryptoErrnoName } from './embedded/errno.js';
export type { CryptoBounds, WasiCryptoPluginOptions } from './options.js';
export { wasiCryptoReleases } from './platforms.js';
export { wasiCryptoPlugin } from './plugin.js';
