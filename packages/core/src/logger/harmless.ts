import { printable } from '../errors/printable.js';

/**
 * The same function, except that a warning of the process tells what it throws: who calls it could do nothing about that, and has something else to end.
 *
 * @param name the option that it was given as.
 */
export function harmless<Args extends readonly unknown[]>(
  name: string,
  call: (...args: Args) => void,
): (...args: Args) => void {
  return (...args) => {
    try {
      call(...args);
    } catch (error) {
      const detail = error instanceof Error ? error.stack : undefined;
      process.emitWarning(`The function ${name} has thrown: ${printable(String(error))}`, {
        type: 'WasmEdgePluginsWarning',
        ...(detail !== undefined && { detail }),
      });
    }
  };
}
