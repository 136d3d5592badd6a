import type { NativePluginTrust, PluginLibrary, WasmEdgeInstallation } from '@wasmedge-plugins/core';
import type { PluginDescription } from '@wasmedge-plugins/core/plugins';

/** What a probe is asked to try: libwasmedge alone, native plug-ins in it, or the libraries that a package needs. */
export type ProbeRequest = { readonly library?: string | undefined } & (
  | { readonly kind: 'library' }
  | { readonly kind: 'libraries'; readonly packageName: string }
  | {
      readonly kind: 'load';
      /** Files to load into one process, one after the other; the answer is about the last one. */
      readonly paths: readonly string[];
      readonly trust?: NativePluginTrust | undefined;
    }
);

/** What came of it. */
export type ProbeAnswer =
  | { readonly kind: 'library'; readonly installation: WasmEdgeInstallation }
  | { readonly kind: 'libraries'; readonly libraries: readonly PluginLibrary[] }
  | {
      readonly kind: 'loaded';
      readonly description: PluginDescription;
      /** What core said about it. */
      readonly warnings: readonly string[];
    }
  | ProbeProblem;

export interface ProbeProblem {
  readonly kind: 'problem';
  readonly message: string;
  /** Code of the error; absent when the process ended without one. */
  readonly code?: string | undefined;
}
