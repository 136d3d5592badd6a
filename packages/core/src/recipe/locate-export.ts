import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { builtin } from '../builtin.js';
import { CannotCrossError } from '../errors/placement-errors.js';
import { ownAddress } from '../helpers/own-address.js';
import { prepareImport } from '../prepare-import.js';
import { type ExportedAs, isPackageExport, type PackageExport } from './exported-as.js';

/**
 * The URL of the module that exports something.
 *
 * @param what what is exported, for messages.
 * @throws {CannotCrossError} when there is no such package or file, as in a bundle that holds all of a program, or when it is the program itself.
 */
export function locateExport(reference: ExportedAs, what: string): string {
  const url = isPackageExport(reference) ? locatePackage(reference, what) : String(reference.module);
  if (new URL(url).protocol !== 'file:') return url;
  const file = pathOf(url, what);
  if (!existsSync(file)) {
    throw new CannotCrossError(
      `${what} cannot be created again in another thread or process: its module ${file} does not exist. Name the file that exports ${reference.export} when the program runs: beside a bundle, not in it.`,
    );
  }
  if (isProgram(file)) {
    throw new CannotCrossError(
      `${what} cannot be created again in another thread or process: it is exported by ${file}, which is the program itself and would run again. Move it to a separate module.`,
    );
  }
  return url;
}

function locatePackage({ package: name, from }: PackageExport, what: string): string {
  const place = from !== undefined && isThere(String(from)) ? String(from) : ownAddress();
  try {
    prepareImport();
    return pathToFileURL(builtin('node:module').createRequire(place).resolve(name)).href;
  } catch (cause) {
    throw new CannotCrossError(
      `${what} cannot be created again in another thread or process: its package ${name} cannot be found from ${place}. Install ${name} where the program runs, also beside a bundle that contains it.`,
      { cause },
    );
  }
}

/** In a bundle it may be an address of where the bundle was made. */
function isThere(from: string): boolean {
  return !from.startsWith('file:') || existsSync(new URL(from));
}

function pathOf(url: string, what: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new CannotCrossError(
      `${what} cannot be created again in another thread or process: its module ${url} is not a file of this machine; see the cause.`,
      { cause },
    );
  }
}

/** Whether the file is what Node.js was told to run. */
function isProgram(file: string): boolean {
  const program = process.argv[1];
  return program !== undefined && realPathOf(program) === realpathSync(file);
}

/** As Node.js finds a program: a folder has its main file, and an extension may be left out. */
function realPathOf(program: string): string | undefined {
  try {
    return realpathSync(builtin('node:module').createRequire(resolve('_')).resolve(resolve(program)));
  } catch {
    return existsSync(program) ? realpathSync(program) : undefined;
  }
}
