import type { ExportReference } from '../../recipe/exported-as.js';
import type { Runtime } from '../../runtime/runtime.js';

/**
 * A function that a module exports, referred to by name so that it can run where the guests run. Its arguments and its result cross by copy.
 *
 * @example const classify: MemberTask<[pixels: Float32Array], string> = { module: new URL('./classify.js', import.meta.url), export: 'classify' };
 */
export interface MemberTask<Args extends readonly unknown[] = readonly unknown[], Result = unknown>
  extends ExportReference {
  /** For the compiler only: what the function takes and returns; never set. Default: none. */
  readonly function?: ((runtime: Runtime, ...args: [...Args]) => Result | Promise<Result>) | undefined;
}
