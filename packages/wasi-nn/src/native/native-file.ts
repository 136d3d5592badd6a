import { existsSync } from 'node:fs';
import { packagesNeeding } from '@wasmedge-plugins/core';
import { findNativePluginFiles, inspectPluginFile } from '@wasmedge-plugins/core/plugins';
import { encodingName } from '../encoding.js';

/** File name of the native plug-in of every backend, without platform prefix and suffix. */
export const nativeFileName = 'wasmedgePluginWasiNN';

/** The native plug-in's file for an encoding: the one that is named, or the first in the usual places that needs no other backend's library. */
export function findNativeFile(encoding: number, nativePath: string | undefined): string | undefined {
  if (nativePath !== undefined) return existsSync(nativePath) ? nativePath : undefined;
  return findNativePluginFiles({ fileName: nativeFileName }).find((path) => !isOfAnother(path, encoding));
}

function isOfAnother(path: string, encoding: number): boolean {
  try {
    const told = packagesNeeding(inspectPluginFile(path).needed);
    const own = encodingName(encoding);
    return (
      told.length > 0 &&
      !told.some(({ encodings }: { encodings: readonly string[] }) => encodings.includes(own))
    );
  } catch {
    // No plug-in at all, whatever its name is.
    return true;
  }
}
