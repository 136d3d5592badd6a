import * as aotErrors from './aot-errors.js';
import * as guestErrors from './guest-errors.js';
import * as hostFunctionErrors from './host-function-errors.js';
import * as libraryErrors from './library-errors.js';
import * as linkErrors from './link-errors.js';
import * as nativePluginErrors from './native-plugin-errors.js';
import * as placementErrors from './placement-errors.js';
import * as poolErrors from './pool-errors.js';
import * as runtimeErrors from './runtime-errors.js';

const { CompileError, LinkError, RuntimeError } = WebAssembly;

/** Classes of the language, of WebAssembly and of this package. Those of other packages are not known here, and recognise their errors by the code. */
const classes = new Map<string, { readonly prototype: Error }>(
  [
    { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError, DOMException },
    { CompileError, LinkError, RuntimeError },
    aotErrors,
    guestErrors,
    hostFunctionErrors,
    libraryErrors,
    linkErrors,
    nativePluginErrors,
    placementErrors,
    poolErrors,
    runtimeErrors,
  ].flatMap((group) => Object.entries(group).filter((entry) => isErrorClass(entry[1])) as never),
);

/** The names of an error's class and of those above it, up to `Error`. */
export function classNames(error: Error): readonly string[] {
  const names: string[] = [];
  let prototype: unknown = Object.getPrototypeOf(error);
  while (typeof prototype === 'object' && prototype !== null && prototype !== Error.prototype) {
    const made: unknown = Reflect.get(prototype, 'constructor');
    if (typeof made === 'function') names.push(made.name);
    prototype = Object.getPrototypeOf(prototype);
  }
  return names;
}

/** An error without a message, of the first of these classes that is known; otherwise an `Error`. */
export function emptyErrorOf(names: readonly string[]): Error {
  const known = names.find((name) => classes.has(name));
  const error = new Error();
  return known === undefined ? error : Object.setPrototypeOf(error, classes.get(known)?.prototype ?? null);
}

function isErrorClass(value: unknown): boolean {
  return typeof value === 'function' && value.prototype instanceof Error;
}
