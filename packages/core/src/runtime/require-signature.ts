import { ExportMismatchError } from '../errors/link-errors.js';
import { shownName } from '../errors/printable.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import type { FunctionType } from '../module-types/external-types.js';
import { describeValue } from '../values/check-arguments.js';
import { formatSignature, isSignature, type Signature, sameSignature } from '../values/signature.js';

/**
 * Throws unless an exported function has the signature that the caller says.
 *
 * @param guest what messages call the guest.
 * @throws {ExportMismatchError} when it has another one.
 */
export function requireSignature(guest: string, name: string, found: FunctionType, wanted: Signature): void {
  const { signature } = found;
  if (signature !== undefined && sameSignature(signature, wanted)) return;
  const actual = signature === undefined ? 'a type that JavaScript cannot pass' : formatSignature(signature);
  throw new ExportMismatchError(
    `${guest} exports "${shownName(name)}" as ${actual}, but ${formatSignature(wanted)} was declared; correct the declaration.`,
  );
}

/** @throws {InvalidArgumentError} for what is not a signature. */
export function checkSignature(value: unknown): void {
  if (isSignature(value)) return;
  throw new InvalidArgumentError(
    `The second argument of exportedFunction() must be a signature, such as signature(['i32'], []), not ${describeValue(value)}.`,
  );
}
