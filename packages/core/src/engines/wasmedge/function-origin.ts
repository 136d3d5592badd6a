import type { ImportName } from '../../module-types/rewrite-guest.js';
import type { InstanceLife } from './instance-life.js';

/**
 * What a guest exports, as WasmEdge's store has it where it was made. Others import a function from there that a guest exports as it imports it: WasmEdge 0.14
 * compares the type of such a function by its number among the types of the guest that passes it on.
 */
export interface FunctionOrigin extends ImportName {
  /** What frees it; `undefined` for the end of the runtime. */
  readonly owner: InstanceLife | undefined;
}
