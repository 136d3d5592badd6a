import { printable, shorten } from './printable.js';

/** Marks the errors of these packages, whichever copy of this one they come from. */
export const errorMarker = Symbol.for('@wasmedge-plugins/error');

// Names in a message may come from a guest or a file, and be as long as it pleases.
const longestMessage = 16_384;

/**
 * What every error of these packages has: a stable code, a message that says what to do next, and the cause. The message is safe to print:
 * control characters in the names that it contains are shown as `\x1b`, and very long ones are shortened.
 */
export abstract class WasmEdgePluginsError extends Error {
  /** Stable, machine-readable kind of the error, for example `ERR_GUEST_TRAP`. */
  abstract readonly code: string;

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param options the error that caused it, as `cause`. Default: none.
   */
  constructor(message: string, options?: ErrorOptions) {
    super(printable(shorten(message, longestMessage)), options);
    this.name = new.target.name;
    Object.defineProperty(this, errorMarker, { value: true });
  }

  /** True for an error of any of these packages, even from another copy of this one. */
  static isInstance(value: unknown): value is WasmEdgePluginsError {
    return value instanceof Error && errorMarker in value;
  }

  /**
   * `instanceof` for an error class of these packages is its `isInstance`: an error of another copy of the package, or one that was thrown in another
   * thread or process, is an instance too. Your own subclasses have the usual `instanceof`.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: the class below this one that is asked for
    return isOf(this, value);
  }
}

function isOf(asked: typeof WasmEdgePluginsError, value: unknown): boolean {
  const isMade = Function.prototype[Symbol.hasInstance].call(asked, value);
  return isMade || (Object.hasOwn(asked, 'isInstance') && asked.isInstance(value));
}

/** True for an error of these packages with this `code`; recognises errors of another copy of this package. */
export function hasErrorCode(value: unknown, code: string): boolean {
  return WasmEdgePluginsError.isInstance(value) && value.code === code;
}
