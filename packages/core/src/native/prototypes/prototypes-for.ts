import { LibraryVersionError } from '../../errors/library-errors.js';
import { type PrototypeTable, prototypes014 } from './prototype-table.js';
import { prototypes017 } from './prototypes-0.17.js';

const byMinor: ReadonlyMap<number, PrototypeTable> = new Map([
  [14, prototypes014],
  [15, prototypes014],
  [16, prototypes014],
  [17, prototypes017],
]);

/**
 * The prototypes of a libwasmedge of this version. The soname did not change from 0.13 to 0.17 although the ABI did, so the version
 * that the library tells is all that counts.
 *
 * @throws {LibraryVersionError} for a version that is not supported.
 */
export function prototypesFor(major: number, minor: number, version: string, path: string): PrototypeTable {
  const table = major === 0 ? byMinor.get(minor) : undefined;
  if (table === undefined) {
    throw new LibraryVersionError(
      `The libwasmedge at ${path} is version ${version}; supported are 0.14, 0.15, 0.16 and 0.17. Install one of them, or name one with the option library.`,
    );
  }
  return table;
}
