import type { BackendKind } from './backend-kind.js';
import type { BackendPluginOptions, ModelSource } from './backend-plugin-options.js';
import { findNativeFile } from './native/native-file.js';

/** Which provider a backend's plug-in takes. */
export interface ProviderChoice {
  readonly provider: 'embedded' | 'native';
  /** Why, when it was not asked for. */
  readonly reason?: string;
  /** The native plug-in's file, when it is named or was found. */
  readonly nativePath?: string | undefined;
}

/** Embedded, unless the host asks for native, or leaves the choice and only the native plug-in is there. */
export function chooseProvider<Source extends ModelSource>(
  kind: BackendKind<Source>,
  { provider = 'embedded', nativePath }: BackendPluginOptions<Source>,
): ProviderChoice {
  if (provider !== 'auto') return { provider, nativePath };
  const problem = kind.unavailable()?.split('\n', 1)[0];
  if (problem === undefined) {
    return { provider: 'embedded', reason: "provider: 'auto' takes it where its library is, and it is here" };
  }
  const file = findNativeFile(kind.backend.encoding, nativePath);
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
