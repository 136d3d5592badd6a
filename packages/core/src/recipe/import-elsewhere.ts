import { CannotCrossError } from '../errors/placement-errors.js';
import { prepareImport } from '../prepare-import.js';

/**
 * Imports a module that the caller has named, in the thread or process where guests run.
 *
 * @param what what messages call it.
 * @throws {CannotCrossError} when it cannot be imported there.
 */
export async function importElsewhere(
  module: string,
  what: string,
): Promise<Readonly<Record<string, unknown>>> {
  prepareImport();
  try {
    return await import(module);
  } catch (cause) {
    const advice =
      (cause as { code?: unknown } | null)?.code === 'ERR_UNKNOWN_FILE_EXTENSION'
        ? 'It must be JavaScript, since no loader of your program is there: name the compiled file.'
        : 'See the cause.';
    throw new CannotCrossError(`The module ${module}, ${what}, cannot be imported there. ${advice}`, {
      cause,
    });
  }
}
