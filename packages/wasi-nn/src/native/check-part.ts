import { NnError } from '../errors.js';
import { checkArchive } from './check-archive.js';

const beginnings = { archive: 'PK\x03\x04', path: 'preload:', elf: '\x7fELF' };

/**
 * Looks at the beginning of a part that a guest gives to the native plug-in. From 0.17 on it takes `preload:` and a path for a file of the host, and
 * an ELF file for a model; GGML's does so in all versions. Where libtorch finds an archive damaged, the plug-in ends the process.
 *
 * @throws {NnError} `invalid_argument` for these.
 */
export function checkPart(part: Uint8Array): void {
  const begins = (text: string) => Buffer.from(text, 'latin1').equals(part.subarray(0, text.length));
  if (begins(beginnings.path) || begins(beginnings.elf)) {
    throw new NnError(
      'invalid_argument',
      'A guest passes the native plug-in a path or a library as its model.',
    );
  }
  if (begins(beginnings.archive)) checkArchive(part);
}
