import { printable } from '../errors/printable.js';

/**
 * The same function, except that a warning of the process tells what it throws: who calls it could do nothing about that, and has something else to end.
 * The first throw warns, and then the tenth, the hundredth and so on, since a logger that throws may do so at each line.
 *
 * @param name the option that it was given as.
 */
export function harmless<Args extends readonly unknown[]>(
  name: string,
  call: (...args: Args) => void,
): (...args: Args) => void {
  let count = 0;
  let next = 1;
  return (...args) => {
    try {
      call(...args);
    } catch (error) {
      count++;
      if (count < next) return;
      next *= 10;
      const times = count === 1 ? '' : ` ${count} times`;
      const detail = error instanceof Error ? error.stack : undefined;
      process.emitWarning(`The function ${name} has thrown${times}: ${printable(String(error))}`, {
        type: 'WasmEdgePluginsWarning',
        ...(detail !== undefined && { detail }),
      });
    }
  };
}
