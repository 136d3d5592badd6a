import { builtin } from '../builtin.js';
import { lacksCallSite } from '../errors/call-site.js';
import { classNames, emptyErrorOf } from '../errors/error-classes.js';
import { errorMarker, WasmEdgePluginsError } from '../errors/wasmedge-plugins-error.js';

/** Anything that was thrown, in a form that survives the structured clone: an error, a list that has errors, or a plain value. */
export type EncodedError =
  | {
      readonly kind: 'error';
      readonly name: string;
      /** Its class and those above it, up to `Error`. */
      readonly classes: readonly string[];
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

/** Causes deeper than this are left out; it also ends a chain of causes that is a circle. */
const deepest = 16;

/** Takes apart what was thrown. The structured clone itself would lose the class, the code and other properties. */
export function encodeError(thrown: unknown): EncodedError {
  try {
    return encode(thrown, 0);
  } catch {
    // Its own getters throw.
    return { kind: 'value', value: 'What was thrown cannot be read.' };
  }
}

function encode(thrown: unknown, depth: number): EncodedError {
  if (Array.isArray(thrown) && thrown.some((item) => item instanceof Error)) {
    return { kind: 'list', items: thrown.map((item) => encode(item, depth + 1)) };
  }
  if (!(thrown instanceof Error)) return { kind: 'value', value: canCross(thrown) ? thrown : String(thrown) };
  return {
    kind: 'error',
    name: String(thrown.name),
    classes: classNames(thrown),
    message: String(thrown.message),
    stack: thrown.stack === undefined ? undefined : String(thrown.stack),
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
    const encoded = encode(value, depth + 1);
    if (encoded.kind === 'value' && encoded.value !== value) return [];
    return [{ key, enumerable: Object.prototype.propertyIsEnumerable.call(error, key), value: encoded }];
  });
}

/** Whether it crosses as it is, also between processes. */
function canCross(value: unknown): boolean {
  if (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol') return true;
  try {
    builtin('node:v8').serialize(value);
    return true;
  } catch {
    return false;
  }
}

/**
 * Puts together again what {@link encodeError} took apart, with the class where that is known here; otherwise it is the nearest class above that is known,
 * with the name of its own.
 */
export function rebuildError(encoded: EncodedError): unknown {
  const rebuilt = rebuild(encoded);
  lacksCallSite(rebuilt);
  return rebuilt;
}

function rebuild(encoded: EncodedError): unknown {
  if (encoded.kind === 'value') return encoded.value;
  if (encoded.kind === 'list') return encoded.items.map(rebuild);
  const error = emptyErrorOf(encoded.classes);
  const define = (key: PropertyKey, value: unknown, enumerable = false) =>
    Object.defineProperty(error, key, { value, enumerable, configurable: true, writable: true });
  define('message', encoded.message);
  if (encoded.ours || nameOf(error) !== encoded.name) define('name', encoded.name);
  define('stack', encoded.stack);
  if (encoded.ours) define(errorMarker, true);
  for (const { key, enumerable, value } of encoded.properties) define(key, rebuild(value), enumerable);
  return error;
}

/** That of its class; some classes have a getter that only errors of the platform's own have. */
function nameOf(error: Error): string | undefined {
  try {
    return error.name;
  } catch {
    return undefined;
  }
}
