import { NativeArea } from './native-area.js';
import { valueSize } from './value-slots.js';

/** How many parameters, and how many results, a function may have: the implementation limit of the WebAssembly JavaScript interface. */
export const maxValues = 1000;

/** Two rows of WasmEdge_Value. */
export interface ValueRows {
  readonly input: NativeArea;
  readonly output: NativeArea;
}

let rows: ValueRows | undefined;

/**
 * The rows through which all calls of this thread pass their parameters and results: ExecutorInvoke copies parameters when it begins
 * and writes results when it ends, so nested calls share them. Types are to be written with each call.
 */
export function valueRows(): ValueRows {
  rows ??= {
    input: new NativeArea(maxValues * valueSize),
    output: new NativeArea(maxValues * valueSize),
  };
  return rows;
}
