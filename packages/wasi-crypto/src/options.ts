import { checkOptionNames, InvalidArgumentError, type ProviderName } from '@wasmedge-plugins/core';
import type { SecretsOptions } from './secrets-options.js';

/** What guests may make a runtime hold. */
export interface CryptoBounds {
  /** Maximum number of handles that may be open at once in one runtime, of all kinds together; past it a guest gets `too_many_handles`. Default: 16384. */
  readonly maxHandles?: number | undefined;
  /**
   * Maximum number of bytes that keys, outputs, options and buffered messages of one runtime may hold together; past it a guest gets
   * `algorithm_failure`. Default: 256 MiB.
   */
  readonly maxStoredBytes?: number | undefined;
}

/** Options of {@link wasiCryptoPlugin}. */
export interface WasiCryptoPluginOptions extends CryptoBounds {
  /** Keeps managed keys in an encrypted file. Default: they are kept in memory and end with the runtime. */
  readonly secrets?: SecretsOptions | undefined;
  /**
   * `embedded`: functions of this package, on every engine and platform. `native`: the plug-in that WasmEdge released, on the
   * engine `wasmedge`, which takes `nativePath` only: bounds and secrets are refused with it. Default: `embedded`.
   */
  readonly provider?: ProviderName | undefined;
  /** File of the native plug-in. Default: the usual places are searched. */
  readonly nativePath?: string | undefined;
}

/** Bounds with their defaults filled in. */
export type CheckedBounds = { readonly [Key in keyof CryptoBounds]-?: NonNullable<CryptoBounds[Key]> };

// The counter in a handle has 24 bits.
const mostHandles = 0xff_ffff;
const mostBytes = 0xffff_ffff;

/** Every option of {@link wasiCryptoPlugin}. */
export const pluginOptionNames = {
  maxHandles: true,
  maxStoredBytes: true,
  secrets: true,
  provider: true,
  nativePath: true,
} as const satisfies Readonly<Record<keyof WasiCryptoPluginOptions, true>>;

/**
 * Checks the names of the options and the bounds as they come from JavaScript, where types do not.
 *
 * @throws {InvalidArgumentError} when an option is not known or has the wrong type.
 */
export function checkBounds(options: WasiCryptoPluginOptions, caller: string): CheckedBounds {
  checkOptionNames<WasiCryptoPluginOptions>(`${caller}()`, options, pluginOptionNames);
  const { maxHandles = 16_384, maxStoredBytes = 256 * 1024 * 1024 } = options;
  checkCount(maxHandles, 'maxHandles', mostHandles, caller);
  checkCount(maxStoredBytes, 'maxStoredBytes', mostBytes, caller);
  return { maxHandles, maxStoredBytes };
}

function checkCount(value: unknown, name: string, most: number, caller: string): void {
  if (!Number.isInteger(value) || (value as number) < 1 || (value as number) > most) {
    throw new InvalidArgumentError(
      `${caller}(): ${name} must be a whole number from 1 to ${most}, not ${String(value)}.`,
    );
  }
}
