import { shownName } from '../errors/printable.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import type { ValueType } from './value-types.js';

const maxShownTypes = 20;

/** As in `signature.ts`, which imports from here. */
interface Types {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

const expectations: Record<ValueType, string> = {
  i32: 'an integer from -2147483648 to 4294967295',
  i64: 'a bigint from -2^63 to 2^64 - 1',
  f32: 'a number',
  f64: 'a number',
  v128: 'a bigint from 0 to 2^128 - 1',
  funcref: 'null or a function that a guest of this runtime exports',
  externref: 'any value',
};

/** What a value of this type must be, in words. */
export function describeExpectation(type: ValueType): string {
  return expectations[type];
}

/**
 * JavaScript source of an expression that is true when the variable `name` does not fit `type`, or undefined where every value fits.
 * Wrappers are generated from it, one per signature, because a loop over types costs more than the call that it guards.
 */
export function mismatchExpression(type: ValueType, name: string): string | undefined {
  switch (type) {
    case 'i32':
      // The type comes first, since the operators would convert an object or fail.
      return `typeof ${name} !== 'number' || (${name} !== (${name} | 0) && ${name} !== (${name} >>> 0))`;
    case 'i64':
      return `typeof ${name} !== 'bigint' || (BigInt.asIntN(64, ${name}) !== ${name} && BigInt.asUintN(64, ${name}) !== ${name})`;
    case 'v128':
      return `typeof ${name} !== 'bigint' || BigInt.asUintN(128, ${name}) !== ${name}`;
    case 'f32':
    case 'f64':
      return `typeof ${name} !== 'number'`;
    case 'funcref':
      return `${name} !== null && typeof ${name} !== 'function'`;
    case 'externref':
      return undefined;
  }
}

const types = Object.keys(expectations) as ValueType[];
const mismatches = Object.fromEntries(
  types.map((type) => [
    type,
    new Function('value', `return ${mismatchExpression(type, 'value') ?? 'false'};`),
  ]),
);

/** Whether a value is the name of a value type. */
export function isValueType(value: unknown): value is ValueType {
  return types.includes(value as ValueType);
}

/** Whether a value fits a type; for where a generated check would not pay. */
export function fitsType(type: ValueType, value: unknown): boolean {
  return mismatches[type]?.(value) === false;
}

/** A value as an error message shows it: short, and never bulk data. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') {
    return value.length > 40 ? `a string of ${value.length} characters` : JSON.stringify(value);
  }
  if (typeof value === 'bigint') {
    return `${value}n`;
  }
  if (typeof value === 'object' && value !== null) {
    return describeObject(value);
  }
  return typeof value === 'function' ? 'a function' : String(value);
}

/** By its class: where an object is wanted, that a Map is one too would not explain why it was refused. */
function describeObject(value: object): string {
  if (Array.isArray(value)) return 'an array';
  const { constructor: made } = value as { readonly constructor?: { readonly name?: unknown } | null };
  if (made === undefined || made === null) return 'an object without prototype';
  const { name } = made;
  if (typeof name !== 'string' || name === '' || name === 'Object') return 'an object';
  return `${/^[AEIO]/i.test(name) ? 'an' : 'a'} ${name.slice(0, 40)}`;
}

/** Throws for an argument of the wrong type. */
export function refuseArgument(
  exportName: string,
  types: readonly ValueType[],
  index: number,
  value: unknown,
): never {
  const type = types[index] as ValueType;
  throw new InvalidArgumentError(
    `Argument ${index + 1} of the export "${shownName(exportName)}" is ${type} and must be ${expectations[type]}, not ${describeValue(value)}.`,
  );
}

/** Throws for a wrong number of arguments. */
export function refuseArgumentCount(exportName: string, signature: Types, count: number): never {
  const { length } = signature.params;
  const takes = length === 0 ? 'no arguments' : length === 1 ? '1 argument' : `${length} arguments`;
  throw new InvalidArgumentError(
    `The export "${shownName(exportName)}" takes ${takes}, not ${count}; its signature is ${shortSignature(signature)}.`,
  );
}

/** A function can have a thousand parameters. */
function shortSignature({ params, results }: Types): string {
  return [params, results].map(shortTypes).join(' -> ');
}

function shortTypes(types: readonly ValueType[]): string {
  const shown = types.slice(0, maxShownTypes);
  const left = types.length - shown.length;
  return `(${shown.join(' ')}${left === 0 ? '' : ` and ${left} more`})`;
}
