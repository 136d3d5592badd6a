import { UnsupportedByEngineError } from '../../../errors/runtime-errors.js';
import type { Library } from '../../../native/library.js';

/** How many calls of this thread run that may have entered compiled code. */
let depth = 0;

/** Whether compiled code would lose its way, were a guest's compiled code entered now: a host function that it called is running. */
export function isInsideCompiled({ nestsCompiledCode }: Library): boolean {
  return depth > 0 && !nestsCompiledCode;
}

/**
 * Makes a call that may enter compiled code.
 *
 * @throws {UnsupportedByEngineError} inside a host function that compiled code called, where that code would go on in the wrong guest.
 */
export function runCompiled<Result>(library: Library, label: string, call: () => Result): Result {
  if (isInsideCompiled(library)) {
    throw new UnsupportedByEngineError(
      `The guest ${label} may run compiled code, and libwasmedge ${library.version} cannot run it inside a host function that compiled code called. Call the guest after the outer call has returned, use libwasmedge 0.17, or omit aot.`,
    );
  }
  depth++;
  try {
    return call();
  } finally {
    depth--;
  }
}
