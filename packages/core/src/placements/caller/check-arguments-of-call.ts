import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import { describeValue } from '../../values/check-arguments.js';

/** @throws {InvalidArgumentError} for the arguments of a call that are not an array. */
export function checkArguments(call: string, args: unknown): void {
  if (Array.isArray(args)) return;
  throw new InvalidArgumentError(
    `The arguments of ${call} must be an array, not ${describeValue(args)}; pass [] for none.`,
  );
}
