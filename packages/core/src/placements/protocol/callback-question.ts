import type { PackedValue } from '../../recipe/packed-value.js';

/** Has the caller call a function that was an option of a plug-in. Answered with the packed form of what it returns. */
export interface CallbackQuestion {
  readonly kind: 'callback';
  /** The caller's number of the function. */
  readonly function: number;
  readonly args: readonly PackedValue[];
}
