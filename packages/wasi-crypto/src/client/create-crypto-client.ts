import { checkOptionNames, createRuntime, type RuntimeOptions } from '@wasmedge-plugins/core';
import type { WasiCryptoPluginOptions } from '../options.js';
import { wasiCryptoPlugin } from '../plugin.js';
import { type AsymmetricClient, asymmetricClient } from './asymmetric-client.js';
import { PluginCalls } from './plugin-calls.js';
import { type SymmetricClient, symmetricClient } from './symmetric-client.js';

/** Options of {@link createCryptoClient}: those of the plug-in, and where it runs. */
export interface CryptoClientOptions
  extends WasiCryptoPluginOptions,
    Pick<RuntimeOptions, 'engine' | 'library' | 'logger'> {}

/**
 * Cryptography from TypeScript, with the functions that guests call. Keys know their algorithm, and the compiler knows which
 * operations and encodings they have. Keys are handles of the plug-in; dispose them when there are many, or dispose the client, which
 * releases them all.
 */
export interface CryptoClient extends AsymmetricClient, SymmetricClient, Disposable {}

/**
 * Creates a client.
 *
 * @throws {InvalidArgumentError} when an option is unknown or has the wrong type.
 * @throws {NativePluginNotFoundError} when `provider` is `native` and there is none; other errors of `createRuntime` are possible.
 * @example
 * using crypto = await createCryptoClient();
 * using keyPair = crypto.generateKeyPair('Ed25519');
 * const signature = crypto.sign(keyPair, new TextEncoder().encode('text'));
 */
export async function createCryptoClient(options: CryptoClientOptions = {}): Promise<CryptoClient> {
  checkOptionNames<CryptoClientOptions>('createCryptoClient()', options, {
    maxHandles: true,
    maxStoredBytes: true,
    secrets: true,
    provider: true,
    nativePath: true,
    engine: true,
    library: true,
    logger: true,
  });
  const { engine, library, logger, ...pluginOptions } = options;
  const runtime = await createRuntime({
    plugins: [wasiCryptoPlugin(pluginOptions)],
    engine,
    library,
    logger,
  });
  try {
    const calls = new PluginCalls(runtime, pluginOptions.provider ?? 'embedded');
    return {
      ...asymmetricClient(calls),
      ...symmetricClient(calls),
      [Symbol.dispose]: () => calls[Symbol.dispose](),
    };
  } catch (error) {
    runtime[Symbol.dispose]();
    throw error;
  }
}
