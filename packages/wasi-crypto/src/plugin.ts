import { type DefinedPlugin, definePlugin } from '@wasmedge-plugins/core';
import { wasiCryptoModuleNames, wasiCryptoPluginName } from './abi.js';
import { CryptoRuntime } from './embedded/crypto-runtime.js';
import { GuestCrypto } from './embedded/guest-crypto.js';
import { cryptoHostModules } from './embedded/host-functions.js';
import { SecretsFile } from './embedded/secrets-file/secrets-file.js';
import { cryptoOptions, type WasiCryptoPluginOptions } from './options.js';
import { wasiCryptoReleases } from './platforms.js';

const nativeWarning =
  'The native WASI-Crypto plug-in has the bug "ECDSA accepts malformed signatures": a signature whose DER is malformed or has trailing bytes verifies as valid for any message.';

/**
 * The WASI-Crypto plug-in: keys, signatures, key exchange and symmetric cryptography for guests.
 *
 * @throws {InvalidArgumentError} when an option is unknown or has the wrong type. If the file of managed keys cannot be opened,
 * `createRuntime` throws {@link SecretsFileError}.
 * @example createRuntime({ plugins: [wasiCryptoPlugin()] })
 */
export const wasiCryptoPlugin: DefinedPlugin<WasiCryptoPluginOptions> = definePlugin({
  name: wasiCryptoPluginName,
  moduleNames: Object.values(wasiCryptoModuleNames),
  exportedAs: { package: '@wasmedge-plugins/wasi-crypto', from: import.meta.url, export: 'wasiCryptoPlugin' },
  options: cryptoOptions,
  releases: wasiCryptoReleases,
  native: { fileName: 'wasmedgePluginWasiCrypto', warning: nativeWarning, options: () => ({}) },
  check({ secrets }, { provider, given }) {
    if (provider === 'native' && secrets !== undefined) {
      return "the native plug-in has no managed keys; omit secrets, or use the provider 'embedded'.";
    }
    return provider === 'native' && (given.has('maxHandles') || given.has('maxStoredBytes'))
      ? "the native plug-in has no limits; omit maxHandles and maxStoredBytes, or use the provider 'embedded'."
      : undefined;
  },
  create({ secrets, ...limits }, { logger, perInstance }) {
    const runtime = new CryptoRuntime(limits, secrets && new SecretsFile(secrets, logger));
    const cryptoOf = perInstance(() => new GuestCrypto(runtime));
    return {
      modules: cryptoHostModules(cryptoOf, logger),
      [Symbol.dispose]: () => runtime[Symbol.dispose](),
    };
  },
});
