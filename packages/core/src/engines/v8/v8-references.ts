import type { ValueType } from '../../host-module/value-types.js';
import type { ExportedFunction } from '../engine.js';

const rawFunctions = new WeakMap<object, ExportedFunction>();
const wrappers = new WeakMap<object, ExportedFunction>();

/** Remembers that `wrapper` is how hosts see the exported function `raw`. */
export function rememberWrapper(raw: ExportedFunction, wrapper: ExportedFunction): void {
  rawFunctions.set(wrapper, raw);
  wrappers.set(raw, wrapper);
}

/** What V8 takes for a reference: the exported function itself, where a host gives its wrapper. */
export function toRawReference(value: unknown): unknown {
  return typeof value === 'function' ? (rawFunctions.get(value) ?? value) : value;
}

/** What a host gets for a reference: the wrapper of an exported function, so that it stays the same function everywhere. */
export function toWrappedReference(value: unknown): unknown {
  return typeof value === 'function' ? (wrappers.get(value) ?? value) : value;
}

/** JavaScript source that converts one value with `convert`, where its type is a function reference. */
export function convertSource(type: ValueType | undefined, value: string, convert: string): string {
  return type === 'funcref' ? `${convert}(${value})` : value;
}

/** JavaScript source that converts a result, several as an array, where one is a function reference. */
export function convertResultSource(results: readonly ValueType[], value: string, convert: string): string {
  if (!results.includes('funcref')) {
    return value;
  }
  return results.length === 1 ? `${convert}(${value})` : `${value}.map(${convert})`;
}
