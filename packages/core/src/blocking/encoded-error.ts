import { errorMarker, WasmEdgePluginsError } from '../errors/wasmedge-plugins-error.js';

/** Anything that was thrown, in a form that survives the structured clone: an error, a list that has errors, or a plain value. */
export type EncodedError =
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
      /** True for an error of these packages. */
      readonly ours: boolean;
      readonly properties: readonly EncodedProperty[];
    }
  | { readonly kind: 'list'; readonly items: readonly EncodedError[] }
  | { readonly kind: 'value'; readonly value: unknown };

interface EncodedProperty {
  readonly key: string;
  readonly enumerable: boolean;
  readonly value: EncodedError;
}

const standardErrors = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

/** Causes deeper than this are left out; it also ends a chain of causes that is a circle. */
const deepest = 16;

/** Takes apart what a task has thrown. The structured clone itself would lose the name, the code and other properties. */
export function encodeError(thrown: unknown, depth = 0): EncodedError {
  if (Array.isArray(thrown) && thrown.some((item) => item instanceof Error)) {
    return { kind: 'list', items: thrown.map((item) => encodeError(item, depth + 1)) };
  }
  if (!(thrown instanceof Error)) return { kind: 'value', value: clonable(thrown) ? thrown : String(thrown) };
  return {
    kind: 'error',
    name: String(thrown.name),
    message: String(thrown.message),
    stack: thrown.stack,
    ours: WasmEdgePluginsError.isInstance(thrown),
    properties: depth < deepest ? encodeProperties(thrown, depth) : [],
  };
}

function encodeProperties(error: Error, depth: number): EncodedProperty[] {
  const kept = new Set(['name', 'message', 'stack']);
  const keys = Object.keys(error).filter((key) => !kept.has(key));
  // These two are not enumerable where the language itself sets them.
  for (const key of ['cause', 'errors']) {
    if (Object.hasOwn(error, key) && !keys.includes(key)) keys.push(key);
  }
  return keys.flatMap((key) => {
    const value: unknown = Reflect.get(error, key);
    const encoded = encodeError(value, depth + 1);
    if (encoded.kind === 'value' && encoded.value !== value) return [];
    return [{ key, enumerable: Object.prototype.propertyIsEnumerable.call(error, key), value: encoded }];
  });
}

function clonable(value: unknown): boolean {
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}

/** Puts together again what {@link encodeError} took apart. Classes other than the language's own come back as `Error` with their name. */
export function rebuildError(encoded: EncodedError): unknown {
  if (encoded.kind === 'value') return encoded.value;
  if (encoded.kind === 'list') return encoded.items.map(rebuildError);
  const error = emptyError(encoded.name);
  const define = (key: PropertyKey, value: unknown, enumerable = false) =>
    Object.defineProperty(error, key, { value, enumerable, configurable: true, writable: true });
  define('message', encoded.message);
  if (error.name !== encoded.name) define('name', encoded.name);
  if (encoded.stack !== undefined) define('stack', encoded.stack);
  if (encoded.ours) define(errorMarker, true);
  for (const { key, enumerable, value } of encoded.properties) define(key, rebuildError(value), enumerable);
  return error;
}

function emptyError(name: string): Error {
  if (name === 'AggregateError') return new AggregateError([]);
  const constructors: Readonly<Record<string, new () => Error>> = standardErrors;
  const Constructor = Object.hasOwn(constructors, name) ? constructors[name] : undefined;
  return Constructor === undefined ? new Error() : new Constructor();
}
