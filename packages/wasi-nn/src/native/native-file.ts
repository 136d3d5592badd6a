import { existsSync } from 'node:fs';
import { packagesNeeding } from '@wasmedge-plugins/core';
import { findNativePluginFiles, inspectPluginFile } from '@wasmedge-plugins/core/plugins';
import { encodingName } from '../encoding.js';

/** File name of the native plug-in of every backend, without platform prefix and suffix. */
export const nativeFileName = 'wasmedgePluginWasiNN';

/** The native plug-in's file for an encoding: the one that is named, or the first in the usual places that needs no other backend's library. */
export function findNativeFile(encoding: number, nativePath: string | undefined): string | undefined {
  if (nativePath !== undefined) return existsSync(nativePath) ? nativePath : undefined;
  return findNativePluginFiles({ fileName: nativeFileName }).find((path) => isPlugin(path, encoding));
}

/**
 * Which backend's plug-in a file is, if it is not that of this encoding: all backends have one file name, and the libraries that a file needs tell
 * them apart. `undefined` for a file that needs none of these libraries, and for what is no plug-in at all.
 */
export function otherBackend(path: string, encoding: number): string | undefined {
  try {
    return otherBackendOf(path, encoding);
  } catch {
    return undefined;
  }
}

function isPlugin(path: string, encoding: number): boolean {
  try {
    return otherBackendOf(path, encoding) === undefined;
  } catch {
    // No plug-in at all, whatever its name is.
    return false;
  }
}

function otherBackendOf(path: string, encoding: number): string | undefined {
  const told = packagesNeeding(inspectPluginFile(path).needed);
  const encodings = told.flatMap((each): readonly string[] => each.encodings);
  if (told.length === 0 || encodings.includes(encodingName(encoding))) return undefined;
  return `WASI-NN's plug-in for ${encodings.join(', ')}, not for ${encodingName(encoding)}`;
}
