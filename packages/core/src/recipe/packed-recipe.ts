import type { PackedValue } from './packed-value.js';

/** A recipe that crosses threads and processes. Plain data for `postMessage` and IPC with `serialization: 'advanced'`; its form is not part of the public interface. */
export interface PackedRecipe {
  /** Name of the plug-in or host module, for messages; it is also compared with the result's name. */
  readonly name: string;
  /** URL of the module. */
  readonly module: string;
  /** Name of the export. */
  readonly export: string;
  /** The arguments it is called with. */
  readonly arguments: readonly PackedValue[];
}
