import type { OptionDefinitionsOf, ProviderName, ProviderOptions } from '@wasmedge-plugins/core';
import { readSecrets, type SecretsOptions } from './secrets-options.js';

/** Limits on what guests can make a runtime hold. */
export interface CryptoBounds {
  /** Maximum number of handles that the guests of one runtime may have open at once, of all kinds together; those of a guest that has ended are closed; beyond it, a guest gets `too_many_handles`. Default: 16384. */
  readonly maxHandles?: number | undefined;
  /**
   * Maximum number of bytes that keys, outputs, options and buffered messages of all guests of one runtime may hold together; beyond it, a guest
   * gets `algorithm_failure`. Default: 256 MiB.
   */
  readonly maxStoredBytes?: number | undefined;
}

/** Options of {@link wasiCryptoPlugin}. */
export interface WasiCryptoPluginOptions extends CryptoBounds {
  /** Keeps managed keys in an encrypted file, for all guests that know their identifiers. Default: they are kept in memory, separately for each guest, and end with it. */
  readonly secrets?: SecretsOptions | undefined;
  /**
   * `embedded`: functions of this package, on every engine and platform. `native`: the plug-in that WasmEdge released, on the
   * engine `wasmedge`, which accepts `nativePath` only: limits and secrets are refused with it. Default: `embedded`.
   */
  readonly provider?: ProviderName | undefined;
  /** File of the native plug-in. Default: the usual places are searched. */
  readonly nativePath?: string | undefined;
}

/** The definitions of the options, without those that every plug-in has. */
export const cryptoOptions = {
  maxHandles: {
    type: 'integer',
    default: 16_384,
    min: 1,
    // The counter in a handle has 24 bits.
    max: 0xff_ffff,
    description: 'maximum number of open handles',
    flags: [],
  },
  maxStoredBytes: {
    type: 'integer',
    default: 256 * 1024 * 1024,
    min: 1,
    max: 0xffff_ffff,
    unit: 'bytes',
    description: 'maximum bytes of keys, outputs, options and buffered messages',
    flags: [],
  },
  secrets: {
    type: 'custom',
    description: 'encrypted file of managed keys',
    read: (given: SecretsOptions | undefined, reading) => readSecrets(given, reading),
  },
} as const satisfies OptionDefinitionsOf<Omit<WasiCryptoPluginOptions, keyof ProviderOptions>>;
