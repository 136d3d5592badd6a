import type { BinaryFile, LoadedImage } from './binary-file.js';
import { BrokenFile, type FileBytes, zeroTerminated } from './file-bytes.js';
import { machineName, peMachines } from './machine-names.js';

/** The two bytes that a PE file begins with, as a big-endian number. */
export const peMagic = 0x4d5a;

const signature = 0x0000_4550;
const libraryFlag = 0x2000;
const optional64 = 0x20b;
const directory = { exports: 0, imports: 1, delayedImports: 13 };
const maxImports = 4096;
// Windows loads no file with more sections, and numbers exports with 16 bits.
const maxSections = 96;
const maxExports = 65_536;

/** Reads a PE file, as Windows has them. */
export function readPeFile(file: FileBytes, symbolNames: readonly string[]): BinaryFile {
  const header = file.u32(0x3c);
  if (file.u32(header) !== signature) {
    throw new BrokenFile('it has no PE header');
  }
  const optional = header + 24;
  const is64 = file.u16(optional) === optional64;
  const base = is64 ? file.u64(optional + 24) : file.u32(optional + 28);
  const image = readImage(file, optional + file.u16(header + 20), file.u16(header + 6), base);
  const directories = optional + (is64 ? 112 : 96);
  const directoryCount = file.u32(directories - 4);
  const address = (index: number) => (index < directoryCount ? file.u32(directories + index * 8) : 0);
  return {
    format: 'pe',
    bytes: file,
    platform: 'win32',
    architecture: machineName(peMachines, file.u16(header + 4)),
    isSharedLibrary: (file.u16(header + 22) & libraryFlag) !== 0,
    ownName: undefined,
    constructors: undefined,
    needed: [
      ...readImports(file, image, address(directory.imports), 20, 12),
      ...readImports(file, image, address(directory.delayedImports), 32, 4),
    ],
    searchPaths: { rpath: [], runpath: undefined },
    versionNeeds: [],
    versionsDefined: [],
    symbols: readExports(file, image, address(directory.exports), symbolNames),
    image,
  };
}

function readImage(file: FileBytes, sections: number, count: number, base: number): LoadedImage {
  if (count > maxSections) {
    throw new BrokenFile(`it has ${count} sections`);
  }
  const parts = Array.from({ length: count }, (_, index) => {
    const section = sections + index * 40;
    return { address: file.u32(section + 12), size: file.u32(section + 16), offset: file.u32(section + 20) };
  });
  const offsetOf = (address: number) => {
    const found = parts.find((entry) => address >= entry.address && address < entry.address + entry.size);
    return found && found.offset + (address - found.address);
  };
  return {
    offsetOf,
    // In the file, pointers are those of an image that is loaded at its preferred address.
    pointerAt(address) {
      const offset = offsetOf(address);
      const pointer = offset === undefined ? 0 : file.u64(offset);
      return pointer <= base ? undefined : pointer - base;
    },
  };
}

function offsetIn(image: LoadedImage, address: number): number {
  const offset = image.offsetOf(address);
  if (offset === undefined) {
    throw new BrokenFile(`address ${address} is in none of its sections`);
  }
  return offset;
}

function readImports(
  file: FileBytes,
  image: LoadedImage,
  table: number,
  size: number,
  nameField: number,
): string[] {
  const names: string[] = [];
  if (table === 0) {
    return names;
  }
  for (let entry = offsetIn(image, table); names.length <= maxImports; entry += size) {
    const name = file.u32(entry + nameField);
    if (name === 0) {
      return names;
    }
    names.push(file.text(offsetIn(image, name)));
  }
  throw new BrokenFile('it has too many imports');
}

function readExports(
  file: FileBytes,
  image: LoadedImage,
  table: number,
  wanted: readonly string[],
): Map<string, number> {
  const found = new Map<string, number>();
  const texts = zeroTerminated(wanted);
  if (table === 0) {
    return found;
  }
  const exports = offsetIn(image, table);
  const count = file.u32(exports + 24);
  if (count > maxExports) {
    throw new BrokenFile(`it has ${count} exports`);
  }
  if (count === 0) {
    return found;
  }
  const functions = offsetIn(image, file.u32(exports + 28));
  const names = offsetIn(image, file.u32(exports + 32));
  const ordinals = offsetIn(image, file.u32(exports + 36));
  for (let index = 0; index < count; index++) {
    const offset = offsetIn(image, file.u32(names + index * 4));
    const name = texts.find(([, text]) => file.isText(offset, text))?.[0];
    if (name !== undefined) {
      found.set(name, file.u32(functions + file.u16(ordinals + index * 2) * 4));
    }
  }
  return found;
}
