import { existsSync } from 'node:fs';
import { BackendUnavailableError } from '@wasmedge-plugins/wasi-nn';
import { buildCommand } from './build-command.js';
import { findLibtorch } from './find-libtorch.js';
import { shimFile } from './shim-file.js';

/** The variable that names the file of a shim that was built elsewhere. */
export const shimVariable = 'WASMEDGE_PLUGINS_LIBTORCH_SHIM';

/**
 * The file of the shim.
 *
 * @throws {BackendUnavailableError} when there is no libtorch, or no shim was built for it; the message has the command.
 */
export function findShim(): string {
  const named = process.env[shimVariable];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new BackendUnavailableError(`There is no file ${named}, which the variable ${shimVariable} names.`);
  }
  const libtorch = findLibtorch();
  const file = shimFile(libtorch);
  if (existsSync(file)) return file;
  throw new BackendUnavailableError(
    `libtorch ${libtorch.version} is in ${libtorch.libraries}, but the shim that this package calls it through was not built for it (${file}). Build it once, with a C++ compiler: ${buildCommand}`,
  );
}
