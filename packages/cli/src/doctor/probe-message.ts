import type { WasmEdgeInstallation } from '@wasmedge-plugins/core';

/** What a probe is asked to try: libwasmedge alone, or with a native plug-in. */
export type ProbeRequest =
  | { readonly kind: 'library' }
  | { readonly kind: 'plugin'; readonly name: string; readonly fileName: string };

/** What came of it. */
export type ProbeAnswer =
  | { readonly kind: 'library'; readonly installation: WasmEdgeInstallation }
  | { readonly kind: 'plugin'; readonly path: string | undefined }
  | ProbeProblem;

export interface ProbeProblem {
  readonly kind: 'problem';
  readonly message: string;
  readonly code?: string | undefined;
}
