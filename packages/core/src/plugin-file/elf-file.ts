import type { BinaryFile, VersionNeed } from './binary-file.js';
import { ElfDynamic } from './elf-dynamic.js';
import { elfImage } from './elf-image.js';
import { findElfSymbols } from './elf-symbols.js';
import { BrokenFile, type FileBytes } from './file-bytes.js';
import { elfMachines, machineName } from './machine-names.js';

/** The bytes that an ELF file begins with, as a big-endian number. */
export const elfMagic = 0x7f45_4c46;

const sharedObject = 3;
// The C++ library defines some hundred versions, and a plug-in needs a few dozen.
const maxVersions = 4096;
const maxNames = 1024;

const tag = {
  needed: 1,
  ownName: 14,
  rpath: 15,
  initArraySize: 27,
  runpath: 29,
  verdef: 0x6fff_fffc,
  verneed: 0x6fff_fffe,
};

/** Reads an ELF file by its program headers, as the loader does. */
export function readElfFile(file: FileBytes, symbolNames: readonly string[]): BinaryFile {
  const bits = file.u8(4) === 2 ? 64 : file.u8(4) === 1 ? 32 : undefined;
  if (bits === undefined) {
    throw new BrokenFile('its class is neither 32 nor 64 bits');
  }
  const elf = file.ordered(file.u8(5) !== 2);
  const dynamic = new ElfDynamic(elf, bits);
  const machine = elf.u16(18);
  const symbols = findElfSymbols(elf, bits, dynamic, symbolNames);
  const paths = (entry: number): string[] | undefined => {
    const [list] = dynamic.texts(entry, maxNames);
    return list
      ?.split(':')
      .filter((path) => path !== '')
      .slice(0, maxNames);
  };
  return {
    format: 'elf',
    bytes: elf,
    platform: 'linux',
    architecture: machineName(elfMachines, machine),
    isSharedLibrary: elf.u16(16) === sharedObject && dynamic.exists,
    ownName: dynamic.texts(tag.ownName, 1)[0],
    // GCC's and Clang's own start files bring one.
    constructors: Math.max(0, Math.floor((dynamic.value(tag.initArraySize) ?? 0) / (bits / 8)) - 1),
    needed: dynamic.texts(tag.needed, maxNames),
    searchPaths: { rpath: paths(tag.rpath) ?? [], runpath: paths(tag.runpath) },
    versionNeeds: versionNeeds(elf, dynamic),
    versionsDefined: versionsDefined(elf, dynamic),
    symbols,
    image: elfImage(elf, bits, machine, dynamic),
  };
}

function versionNeeds(elf: FileBytes, dynamic: ElfDynamic): VersionNeed[] {
  const needs: VersionNeed[] = [];
  eachRecord(elf, dynamic.offset(tag.verneed), 12, (need) => {
    const library = dynamic.text(elf.u32(need + 4));
    eachRecord(elf, need + elf.u32(need + 8), 12, (entry) => {
      // Records may lead into each other; a file of a few kilobytes must not make millions of them.
      if (needs.length === maxVersions) {
        throw new BrokenFile('it needs too many versions');
      }
      needs.push({ library, version: dynamic.text(elf.u32(entry + 8)) });
    });
  });
  return needs;
}

function versionsDefined(elf: FileBytes, dynamic: ElfDynamic): string[] {
  const versions: string[] = [];
  eachRecord(elf, dynamic.offset(tag.verdef), 16, (definition) => {
    versions.push(dynamic.text(elf.u32(definition + elf.u32(definition + 12))));
  });
  return versions;
}

/** Records that each tell how far the next one is; 0 ends them. */
function eachRecord(
  elf: FileBytes,
  first: number | undefined,
  nextField: number,
  visit: (offset: number) => void,
): void {
  let offset = first;
  for (let count = 0; offset !== undefined; count++) {
    if (count === maxVersions) {
      throw new BrokenFile('it has too many versions');
    }
    visit(offset);
    const next = elf.u32(offset + nextField);
    offset = next === 0 ? undefined : offset + next;
  }
}
