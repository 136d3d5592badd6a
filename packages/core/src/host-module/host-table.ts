import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { most } from '../module-types/implementation-limits.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { describeValue } from '../values/check-arguments.js';
import { checkSize } from './check-size.js';

/** Options of {@link hostTable}. */
export interface HostTableOptions {
  /** Number of elements at the start, all empty, from 0 to 10,000,000. */
  readonly minimum: number;
  /** The most elements it can grow to, from `minimum` to 10,000,000. Default: as many as the tables of a runtime may have. */
  readonly maximum?: number | undefined;
}

/** A table of the host that guests import. Data only: each runtime makes its own. */
export interface HostTable {
  /** Tells a table from the other kinds. */
  readonly kind: 'table';
  /** What its elements are. */
  readonly type: 'funcref' | 'externref';
  /** Number of elements at the start. */
  readonly minimum: number;
  /** The most elements it can grow to; `undefined` for no bound of its own. */
  readonly maximum: number | undefined;
}

/**
 * A table that {@link hostModule} gives to guests. All guests of a runtime that import it share it: one can call the functions that another one puts
 * into it.
 *
 * @param type what its elements are.
 * @param options its size.
 * @throws {InvalidArgumentError} for another type, an unknown option or an impossible size.
 * @example hostModule('env', { __indirect_function_table: hostTable('funcref', { minimum: 64 }) })
 */
export function hostTable(type: 'funcref' | 'externref', options: HostTableOptions): HostTable {
  if (type !== 'funcref' && type !== 'externref') {
    throw new InvalidArgumentError(
      `The type of hostTable() must be 'funcref' or 'externref', not ${describeValue(type)}.`,
    );
  }
  checkOptionNames<HostTableOptions>('hostTable()', options, { minimum: true, maximum: true });
  const { minimum, maximum } = options;
  checkSize('hostTable()', { minimum, maximum }, most.tableElements);
  return Object.freeze({ kind: 'table', type, minimum, maximum });
}
