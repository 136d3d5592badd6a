import type { NativePluginTrust } from '@wasmedge-plugins/core';
import { InvalidArgumentError, readBoundedFile } from '@wasmedge-plugins/core/run';

/** Options of the command line that say which native plug-ins are trusted. */
export interface TrustFlags {
  readonly lockFile?: string;
  readonly publicKey?: readonly string[];
  readonly refuseUnverified?: boolean;
}

/**
 * What the options mean for a runtime; `undefined` when none was given.
 *
 * @throws {InvalidArgumentError} when the file of a key cannot be read.
 */
export function trustFrom({
  lockFile,
  publicKey,
  refuseUnverified,
}: TrustFlags): NativePluginTrust | undefined {
  if (lockFile === undefined && publicKey === undefined && !refuseUnverified) {
    return undefined;
  }
  return {
    lockFile,
    publicKeys: publicKey?.map(readKey),
    ...(refuseUnverified && { unverified: 'refuse' as const }),
  };
}

/** A key in PEM form has some hundred bytes, and may have comments. */
const maxKeyBytes = 2 ** 16;

function readKey(path: string): string {
  try {
    return readBoundedFile(path, { maxBytes: maxKeyBytes }).toString();
  } catch (cause) {
    throw new InvalidArgumentError(`The public key ${path} cannot be read: ${(cause as Error).message}.`, {
      cause,
    });
  }
}
