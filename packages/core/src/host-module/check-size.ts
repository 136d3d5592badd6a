import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { describeValue } from '../values/check-arguments.js';

/** Throws for sizes that a memory or table cannot have. */
export function checkSize(
  subject: string,
  { minimum, maximum }: { readonly minimum: unknown; readonly maximum: unknown },
  most: number,
): void {
  const check = (name: string, value: unknown, least: number) => {
    if (Number.isInteger(value) && (value as number) >= least && (value as number) <= most) return;
    throw new InvalidArgumentError(
      `The option ${name} of ${subject} must be an integer from ${least} to ${most}, not ${describeValue(value)}.`,
    );
  };
  check('minimum', minimum, 0);
  if (maximum !== undefined) check('maximum', maximum, minimum as number);
}
