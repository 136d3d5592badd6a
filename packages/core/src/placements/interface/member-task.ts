import type { ExportReference } from '../../recipe/exported-as.js';
import type { Runtime } from '../../runtime/runtime.js';

/**
 * A function that a module exports, named so that it can run where the guests run. Its arguments and its result cross by copy.
 *
 * @example const classify: MemberTask<[pixels: Float32Array], string> = { module: new URL('./classify.js', import.meta.url), export: 'classify' };
 */
export interface MemberTask<Args extends readonly unknown[] = readonly unknown[], Result = unknown>
  extends ExportReference {
  /** For the compiler only: what the function takes and gives; never set. Default: nothing. */
  readonly function?: ((runtime: Runtime, ...args: [...Args]) => Result | Promise<Result>) | undefined;
}
