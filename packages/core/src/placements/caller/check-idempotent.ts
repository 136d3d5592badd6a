import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import { describeValue } from '../../values/check-arguments.js';

/** Throws unless the option idempotent of `subject` is a boolean, or left out. */
export function checkIdempotent(subject: string, value: unknown): void {
  if (value === undefined || typeof value === 'boolean') return;
  throw new InvalidArgumentError(
    `The option idempotent of ${subject} must be true or false, not ${describeValue(value)}.`,
  );
}
