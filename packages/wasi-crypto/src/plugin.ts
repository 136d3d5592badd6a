import { InvalidArgumentError, type Plugin } from '@wasmedge-plugins/core';
import { wasiCryptoModuleNames, wasiCryptoPluginName } from './abi.js';
import { CryptoState } from './embedded/crypto-state.js';
import { cryptoHostModules } from './embedded/host-modules.js';
import { checkBounds, type WasiCryptoPluginOptions } from './options.js';

const nativeWarning =
  'The native WASI-Crypto plug-in has the defect "ECDSA accepts malformed signatures": a signature whose DER is malformed or has trailing bytes verifies as valid for any message.';

/**
 * The WASI-Crypto plug-in: keys, signatures, key exchange and symmetric cryptography for guests.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [wasiCryptoPlugin()] })
 */
export function wasiCryptoPlugin(options: WasiCryptoPluginOptions = {}): Plugin {
  const bounds = checkBounds(options, 'wasiCryptoPlugin');
  const { provider = 'embedded', nativePath } = options;
  if (provider !== 'embedded' && provider !== 'native') {
    throw new InvalidArgumentError(
      `wasiCryptoPlugin(): provider must be 'embedded' or 'native', not ${String(provider)}.`,
    );
  }
  if (nativePath !== undefined && (typeof nativePath !== 'string' || nativePath === '')) {
    throw new InvalidArgumentError('wasiCryptoPlugin(): nativePath must be the path of a file.');
  }
  return {
    name: wasiCryptoPluginName,
    provider,
    moduleNames: Object.values(wasiCryptoModuleNames),
    create: () => {
      const state = new CryptoState(bounds);
      return { modules: cryptoHostModules(state), [Symbol.dispose]: () => state[Symbol.dispose]() };
    },
    native: {
      fileName: 'wasmedgePluginWasiCrypto',
      path: nativePath,
      options: {},
      warning: nativeWarning,
    },
  };
}
