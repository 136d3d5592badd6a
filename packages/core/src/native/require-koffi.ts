import { builtin } from '../builtin.js';
import { LibraryNotFoundError } from '../errors/library-errors.js';
import { ownAddress } from '../helpers/own-address.js';
import { prepareImport } from '../prepare-import.js';
import { configureKoffi } from './configure-koffi.js';

/** What koffi is. */
export type Koffi = typeof import('koffi').default;

/**
 * koffi, set up for this process. It is not imported: most programs need nothing of it, it takes longer to load than all the rest, and a bundle
 * leaves it outside.
 *
 * @throws {LibraryNotFoundError} when it cannot be loaded.
 */
export function requireKoffi(): Koffi {
  prepareImport();
  const place = ownAddress();
  let koffi: Koffi;
  try {
    koffi = builtin('node:module').createRequire(place)('koffi');
  } catch (cause) {
    throw new LibraryNotFoundError(
      `koffi, which calls C libraries, cannot be loaded from ${place}; see the cause. Install koffi where the program runs, also beside a bundle, and allow addons where Node.js forbids them.`,
      { cause },
    );
  }
  configureKoffi(koffi);
  return koffi;
}
