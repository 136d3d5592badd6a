import type {
  GuestSource,
  ModuleExport,
  PlacedRuntime,
  Runtime,
  Signature,
  ValueType,
} from '@wasmedge-plugins/core';
import { UsageError } from '../errors.js';

const integerRanges = { i32: [-(2n ** 31n), 2n ** 32n - 1n], i64: [-(2n ** 63n), 2n ** 64n - 1n] } as const;

/** A call of one of a guest's functions, from the command line. */
export interface ReactorCall {
  readonly name: string;
  readonly values: readonly (number | bigint)[];
  readonly results: readonly ValueType[];
}

/** Reads `function [value...]`, each value as the function's signature wants it. */
export function parseReactorCall(
  exports: readonly ModuleExport[],
  [name, ...texts]: readonly string[],
): ReactorCall {
  const functions = new Map<string, Signature | undefined>();
  for (const entry of exports) {
    if (entry.type.kind === 'function') {
      functions.set(entry.name, entry.type.signature);
    }
  }
  const names = functions.size === 0 ? 'it exports none' : `it exports ${[...functions.keys()].join(', ')}`;
  if (name === undefined) {
    throw new UsageError(`name the function to call after the guest; ${names}`);
  }
  if (!functions.has(name)) {
    throw new UsageError(`the guest exports no function "${name}"; ${names}`);
  }
  const { params, results } = functions.get(name) ?? refuseTypes(name);
  if (texts.length !== params.length) {
    throw new UsageError(`${name} takes ${params.length} values (${params.join(' ')}), not ${texts.length}`);
  }
  return { name, values: params.map((type, index) => parseValue(type, texts[index] ?? '', name)), results };
}

/** Calls the function; returns its results as text, one each, integers unsigned as WasmEdge's command prints them. */
export async function callReactor(
  runtime: Runtime | PlacedRuntime,
  guest: GuestSource,
  { name, values, results }: ReactorCall,
): Promise<string[]> {
  await using instance = await runtime.instantiate(guest);
  const result = await instance.exports[name]?.(...values);
  const list = results.length === 1 ? [result] : results.length === 0 ? [] : (result as unknown[]);
  return list.map((value, index) => formatValue(results[index] as ValueType, value));
}

function parseValue(type: ValueType, text: string, name: string): number | bigint {
  switch (type) {
    case 'i32':
    case 'i64': {
      const [least, most] = integerRanges[type];
      if (!/^-?(\d+|0x[\da-f]+)$/i.test(text)) {
        throw new UsageError(`"${text}" is not an ${type}; give a whole number to ${name}`);
      }
      const value = text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
      if (value < least || value > most) {
        throw new UsageError(`${text} is not an ${type}; ${name} takes ${least} to ${most}`);
      }
      return type === 'i32' ? Number(value) : value;
    }
    case 'f32':
    case 'f64':
      if (text.trim() === '' || (Number.isNaN(Number(text)) && text !== 'NaN')) {
        throw new UsageError(`"${text}" is not an ${type}; give a number to ${name}`);
      }
      return Number(text);
    default:
      return refuseTypes(name);
  }
}

function formatValue(type: ValueType, value: unknown): string {
  switch (type) {
    case 'i32':
      return String(Number(value) >>> 0);
    case 'i64':
      return String(BigInt.asUintN(64, value as bigint));
    default:
      return Object.is(value, -0) ? '-0' : String(value);
  }
}

function refuseTypes(name: string): never {
  throw new UsageError(
    `${name} has parameters that cannot be given on a command line; call it from JavaScript`,
  );
}
