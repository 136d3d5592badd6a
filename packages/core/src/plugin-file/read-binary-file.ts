import type { BinaryFile } from './binary-file.js';
import { elfMagic, readElfFile } from './elf-file.js';
import { BrokenFile, FileBytes } from './file-bytes.js';
import { isMachO, readMachOFiles } from './mach-o-file.js';
import { peMagic, readPeFile } from './pe-file.js';

/** Reads the headers of an executable file: one for each architecture that is in it. Throws {@link BrokenFile} only. */
export function readBinaryFiles(bytes: Uint8Array, symbolNames: readonly string[]): BinaryFile[] {
  const file = new FileBytes(bytes);
  const magic = file.ordered(false).u32(0);
  if (magic === elfMagic) {
    return [readElfFile(file, symbolNames)];
  }
  if (isMachO(magic)) {
    return readMachOFiles(file, symbolNames);
  }
  if (magic >>> 16 === peMagic) {
    return [readPeFile(file, symbolNames)];
  }
  throw new BrokenFile('it is neither ELF, Mach-O nor PE');
}
