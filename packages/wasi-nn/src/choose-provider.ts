import type { ProviderChoice } from '@wasmedge-plugins/core';
import { findNativeFile } from './native/native-file.js';

/**
 * Which provider `auto` is: embedded, unless only the native plug-in is there.
 *
 * @param problems `missing`: why the embedded backend cannot run; `nativeProblem`: why the native plug-in cannot do what is asked for; `undefined` when it can.
 */
export function chooseProvider(
  encoding: number,
  {
    missing,
    nativeProblem,
  }: { readonly missing: string | undefined; readonly nativeProblem?: string | undefined },
  nativePath: string | undefined,
): ProviderChoice {
  const problem = missing?.split('\n', 1)[0];
  if (problem === undefined) {
    return { provider: 'embedded', reason: "provider: 'auto' uses it if its library is found, and it was" };
  }
  if (nativeProblem !== undefined) {
    return {
      provider: 'embedded',
      reason: `its library is missing (${problem}), but ${nativeProblem.replace(/\.$/, '')}`,
    };
  }
  const file = findNativeFile(encoding, nativePath);
  return file === undefined
    ? {
        provider: 'embedded',
        reason: `its library is missing (${problem}), and no native plug-in was found`,
      }
    : {
        provider: 'native',
        reason: `the embedded backend's library is missing (${problem}), and the native plug-in was found`,
        nativePath: file,
      };
}
