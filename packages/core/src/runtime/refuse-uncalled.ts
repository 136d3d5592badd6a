import { InvalidArgumentError } from '../errors/runtime-errors.js';

/**
 * Throws when an entry of a list is a function, which was to be called.
 *
 * @param option the option that is the list.
 * @param made what the function returns, as `the plug-in`.
 */
export function refuseUncalled(option: string, index: number, entry: unknown, made: string): void {
  if (typeof entry !== 'function') return;
  const name = entry.name === '' ? 'the function' : entry.name;
  throw new InvalidArgumentError(
    `The entry ${index} of the option ${option} is the function ${entry.name || 'itself'}, not ${made} that it returns. Call it: ${option}: [${name}()].`,
  );
}
