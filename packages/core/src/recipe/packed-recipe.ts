import type { PackedValue } from './packed-value.js';

/** A recipe that crosses threads and processes. Plain data for `postMessage` and IPC with `serialization: 'advanced'`; its form is nobody's interface. */
export interface PackedRecipe {
  /** Name of what is made, for messages, and compared with what was made. */
  readonly name: string;
  /** URL of the module. */
  readonly module: string;
  /** Name of the export. */
  readonly export: string;
  /** What it is called with. */
  readonly arguments: readonly PackedValue[];
}
