/**
 * The release of WasmEdge for whose plug-in guests were written. Until `0.14`, a prompt can be computed once, and 512 tokens are the default of the context and of the
 * output; from `0.15` on, a prompt stays until the next, `finalize_execution_context` exists, and there are more options; from `0.17` on, the context is
 * as long as the model was trained for, and the output as long as there is room.
 */
export type GGMLRelease = '0.14' | '0.15' | '0.16' | '0.17';

/** Releases of WasmEdge whose GGML plug-ins differ in what guests see, oldest first. */
export const releases = ['0.14', '0.15', '0.16', '0.17'] as const satisfies readonly GGMLRelease[];

/** The one that this package answers as by default. */
export const newestRelease: GGMLRelease = '0.17';

/** Whether a release is this one or a later one. */
export function isFrom(release: GGMLRelease, first: GGMLRelease): boolean {
  return releases.indexOf(release) >= releases.indexOf(first);
}
