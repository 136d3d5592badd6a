import { InvalidArgumentError, type Plugin } from '@wasmedge-plugins/core';
import { wasiCryptoModuleNames, wasiCryptoPluginName } from './abi.js';
import { CryptoState } from './embedded/crypto-state.js';
import { cryptoHostModules } from './embedded/host-modules.js';
import { SecretsFile } from './embedded/secrets-file/secrets-file.js';
import { checkBounds, type WasiCryptoPluginOptions } from './options.js';
import { checkSecrets } from './secrets-options.js';

const nativeWarning =
  'The native WASI-Crypto plug-in has the defect "ECDSA accepts malformed signatures": a signature whose DER is malformed or has trailing bytes verifies as valid for any message.';

/**
 * The WASI-Crypto plug-in: keys, signatures, key exchange and symmetric cryptography for guests.
 *
 * @throws {InvalidArgumentError} when an option is not known or has the wrong type. A file of managed keys that cannot be opened is a
 * {@link SecretsFileError} of `createRuntime`.
 * @example createRuntime({ plugins: [wasiCryptoPlugin()] })
 */
export function wasiCryptoPlugin(options: WasiCryptoPluginOptions = {}): Plugin {
  const bounds = checkBounds(options, 'wasiCryptoPlugin');
  const secrets = checkSecrets(options.secrets, 'wasiCryptoPlugin');
  const { provider = 'embedded', nativePath } = options;
  if (provider !== 'embedded' && provider !== 'native') {
    throw new InvalidArgumentError(
      `wasiCryptoPlugin(): provider must be 'embedded' or 'native', not ${String(provider)}.`,
    );
  }
  if (provider === 'native' && secrets !== undefined) {
    throw new InvalidArgumentError(
      "wasiCryptoPlugin(): the native plug-in has no managed keys; leave out secrets, or use the provider 'embedded'.",
    );
  }
  if (provider === 'native' && (options.maxHandles !== undefined || options.maxStoredBytes !== undefined)) {
    throw new InvalidArgumentError(
      "wasiCryptoPlugin(): the native plug-in has no bounds; leave out maxHandles and maxStoredBytes, or use the provider 'embedded'.",
    );
  }
  if (nativePath !== undefined && (typeof nativePath !== 'string' || nativePath === '')) {
    throw new InvalidArgumentError('wasiCryptoPlugin(): nativePath must be the path of a file.');
  }
  return {
    name: wasiCryptoPluginName,
    provider,
    moduleNames: Object.values(wasiCryptoModuleNames),
    create: ({ logger }) => {
      const state = new CryptoState(bounds, secrets && new SecretsFile(secrets, logger));
      return { modules: cryptoHostModules(state, logger), [Symbol.dispose]: () => state[Symbol.dispose]() };
    },
    native: {
      fileName: 'wasmedgePluginWasiCrypto',
      path: nativePath,
      options: {},
      warning: nativeWarning,
    },
  };
}
