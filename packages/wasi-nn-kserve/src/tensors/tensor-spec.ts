import type { DataType } from '../protocol/data-type.js';

/** What is known of an input or output, of the server and of the host together. */
export interface TensorSpec {
  readonly name: string;
  readonly dataType: DataType;
  /** The length of each dimension; -1 for any, `undefined` if nobody has said it. */
  readonly shape: readonly number[] | undefined;
}
