import { CannotCrossError } from '../../errors/placement-errors.js';
import { toOffset } from '../../memory/guest-pointer.js';
import type { FunctionType } from '../../module-types/external-types.js';
import { isPackedValue } from '../../recipe/is-packed-value.js';
import { fitsType } from '../../values/check-arguments.js';
import { isSignature } from '../../values/signature.js';
import type { ValueType } from '../../values/value-types.js';
import type { Request } from '../protocol/messages.js';
import type { Answer } from './call-bounds.js';

/**
 * Refuses an answer that is none to its request. A process answers that may have been taken over by its guest.
 *
 * @param results types of what an exported function returns, where they are known.
 * @throws {CannotCrossError} when there was no such request, or the answer is of another kind.
 */
export function checkAnswer(
  request: Request | undefined,
  answer: Answer,
  results: readonly ValueType[] | undefined,
): void {
  if (request === undefined) throw new CannotCrossError('A process answered a question that was not asked.');
  if (fits(request, answer, results)) return;
  throw new CannotCrossError(`The answer of a process does not fit the request ${request.kind}.`);
}

function fits(
  request: Request,
  { value, bytes }: Answer,
  results: readonly ValueType[] | undefined,
): boolean {
  switch (request.kind) {
    case 'run':
    case 'pages':
    case 'heldBytes':
    case 'write':
      return Number.isInteger(value);
    case 'call':
    case 'callFresh':
      return fitsResults(value, results);
    case 'getGlobal':
      return isScalar(value);
    case 'read':
      return Number.isInteger(value) && bytes?.byteLength === toOffset(request.length);
    case 'callerMemory':
      return !isObject(value);
    case 'perform':
      return isPackedValue(value);
    case 'instantiate':
    case 'hostObject':
      return isDescribedInstance(value);
    case 'start':
      return isObject(value) && 'report' in value && isObject(value.report);
    default:
      return true;
  }
}

function fitsResults(value: unknown, results: readonly ValueType[] | undefined): boolean {
  const list: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return results === undefined
    ? list.every(isScalar)
    : list.length === results.length && results.every((type, index) => fitsType(type, list[index]));
}

/** References that are null cross, no others. */
function isScalar(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || value === null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isDescribedInstance(value: unknown): boolean {
  return (
    isObject(value) &&
    'number' in value &&
    Number.isInteger(value.number) &&
    'exports' in value &&
    Array.isArray(value.exports) &&
    value.exports.every(
      (entry) =>
        isObject(entry) &&
        'name' in entry &&
        typeof entry.name === 'string' &&
        'type' in entry &&
        isExternalType(entry.type),
    )
  );
}

/** Signatures are read here; what else a type says is only shown to the caller. */
function isExternalType(type: unknown): boolean {
  if (!isObject(type)) return false;
  const { kind, signature } = type as Partial<FunctionType>;
  return kind !== 'function' || signature === undefined || isSignature(signature);
}
