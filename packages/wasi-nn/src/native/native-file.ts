import { existsSync } from 'node:fs';
import { findNativePluginFiles, inspectPluginFile } from '@wasmedge-plugins/core/plugins';

/** File name of the native plug-in of every backend, without platform prefix and suffix. */
export const nativeFileName = 'wasmedgePluginWasiNN';

/** Libraries by which the file of one backend can be told from that of another, by encoding. */
const librariesOf: Readonly<Record<number, RegExp>> = {
  0: /openvino/i,
  3: /torch/i,
  4: /tensorflow-?lite/i,
};

/** The native plug-in's file for an encoding: the one that is named, or the first in the usual places that needs no other backend's library. */
export function findNativeFile(encoding: number, nativePath: string | undefined): string | undefined {
  if (nativePath !== undefined) return existsSync(nativePath) ? nativePath : undefined;
  return findNativePluginFiles({ fileName: nativeFileName }).find((path) => !isOfAnother(path, encoding));
}

function isOfAnother(path: string, encoding: number): boolean {
  try {
    const { needed } = inspectPluginFile(path);
    const tells = Object.entries(librariesOf).filter(([, pattern]) =>
      needed.some((name) => pattern.test(name)),
    );
    return tells.length > 0 && !tells.some(([other]) => Number(other) === encoding);
  } catch {
    // No plug-in at all, whatever its name is.
    return true;
  }
}
