import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A virtual environment of Python that the set-up has made for a server. */
export interface PythonEnvironment {
  readonly folder: string;
  /** Its packages. */
  readonly packages: string;
}

/**
 * The environment that a variable names; a sentence where there is none, or where its Python is missing, as in another root folder.
 *
 * @param title what a person calls the server.
 */
export function findPythonEnvironment(title: string, variable: string): PythonEnvironment | string {
  const folder = process.env[variable];
  const lib = join(folder ?? '', 'lib');
  const python =
    folder && existsSync(lib) ? readdirSync(lib).find((name) => name.startsWith('python3')) : undefined;
  if (folder && python !== undefined && existsSync(join('/usr/bin', python))) {
    return { folder, packages: join(lib, python, 'site-packages') };
  }
  return `${title} is not here: WASMEDGE_SETUP_BACKENDS=all npm test sets it up, and ${variable} names its Python environment`;
}
