import type { BinaryFile, LoadedImage } from './binary-file.js';
import { BrokenFile, type FileBytes, zeroTerminated } from './file-bytes.js';
import { machineName, machMachines } from './machine-names.js';

const magic32 = 0xfeed_face;
const magic64 = 0xfeed_facf;
const fatMagic = 0xcafe_babe;
const fatMagic64 = 0xcafe_babf;
const dynamicLibrary = 6;
const bundle = 8;

const command = {
  symbolTable: 0x2,
  loadLibrary: [0xc, 0x8000_0018, 0x8000_001f, 0x8000_0023],
  runPath: 0x8000_001c,
  segment64: 0x19,
};

const external = 0x01;
const kindMask = 0x0e;
const maxArchitectures = 32;
const maxCommands = 65_536;
const maxNames = 1024;
const maxSymbols = 4_000_000;

/** Whether the big-endian number that a file begins with is of Mach-O, for one architecture or for several. */
export function isMachO(magic: number): boolean {
  return [0xcefa_edfe, 0xcffa_edfe, magic32, magic64, fatMagic, fatMagic64].includes(magic);
}

/** Reads the parts of a Mach-O file, one for each architecture. */
export function readMachOFiles(file: FileBytes, symbolNames: readonly string[]): BinaryFile[] {
  const big = file.ordered(false);
  const magic = big.u32(0);
  if (magic !== fatMagic && magic !== fatMagic64) {
    return [readSlice(file, symbolNames)];
  }
  const count = big.u32(4);
  if (count === 0 || count > maxArchitectures) {
    throw new BrokenFile(`it has ${count} architectures`);
  }
  return Array.from({ length: count }, (_, index) => {
    const wide = magic === fatMagic64;
    const entry = 8 + index * (wide ? 32 : 20);
    const offset = wide ? big.u64(entry + 8) : big.u32(entry + 8);
    const size = wide ? big.u64(entry + 16) : big.u32(entry + 12);
    return readSlice(file.part(offset, size), symbolNames);
  });
}

function readSlice(part: FileBytes, symbolNames: readonly string[]): BinaryFile {
  const isLittle = part.ordered(true).u32(0) === magic32 || part.ordered(true).u32(0) === magic64;
  const file = part.ordered(isLittle);
  const magic = file.u32(0);
  if (magic !== magic32 && magic !== magic64) {
    throw new BrokenFile('one of its architectures has no Mach-O header');
  }
  const is64 = magic === magic64;
  const kind = file.u32(12);
  const needed: string[] = [];
  const rpath: string[] = [];
  const segments: { address: number; offset: number; size: number }[] = [];
  let symbols: Map<string, number> | undefined;
  eachCommand(file, is64 ? 32 : 28, (type, offset) => {
    if (command.loadLibrary.includes(type)) {
      needed.push(file.text(offset + file.u32(offset + 8)));
    } else if (type === command.runPath) {
      rpath.push(file.text(offset + file.u32(offset + 8)));
    } else if (type === command.symbolTable) {
      if (symbols !== undefined) {
        throw new BrokenFile('it has two tables of symbols');
      }
      symbols = readSymbols(file, offset, is64, symbolNames);
    } else if (type === command.segment64) {
      segments.push({
        address: file.u64(offset + 24),
        offset: file.u64(offset + 40),
        size: file.u64(offset + 48),
      });
    }
    if (needed.length + rpath.length > maxNames) {
      throw new BrokenFile('it names too many libraries and folders');
    }
  });
  return {
    format: 'mach-o',
    bytes: file,
    platform: 'darwin',
    architecture: machineName(machMachines, file.u32(4)),
    isSharedLibrary: kind === dynamicLibrary || kind === bundle,
    ownName: undefined,
    constructors: undefined,
    needed,
    searchPaths: { rpath, runpath: undefined },
    versionNeeds: [],
    versionsDefined: [],
    symbols: symbols ?? new Map(),
    image: image(file, segments),
  };
}

function eachCommand(file: FileBytes, first: number, visit: (type: number, offset: number) => void): void {
  const count = file.u32(16);
  if (count > maxCommands) {
    throw new BrokenFile(`it has ${count} load commands`);
  }
  let offset = first;
  for (let index = 0; index < count; index++) {
    const size = file.u32(offset + 4);
    if (size < 8) {
      throw new BrokenFile('a load command has no size');
    }
    visit(file.u32(offset), offset);
    offset += size;
  }
}

/** The table of symbols; a file whose table was stripped to nothing keeps its exports elsewhere, which is not read. */
function readSymbols(
  file: FileBytes,
  offset: number,
  is64: boolean,
  names: readonly string[],
): Map<string, number> {
  const table = file.u32(offset + 8);
  const count = file.u32(offset + 12);
  const strings = file.u32(offset + 16);
  const found = new Map<string, number>();
  // C names begin with an underscore on macOS.
  const wanted = zeroTerminated(names.map((name) => `_${name}`));
  if (count > maxSymbols) {
    throw new BrokenFile(`it has ${count} symbols`);
  }
  for (let index = 0; index < count; index++) {
    const symbol = table + index * (is64 ? 16 : 12);
    const type = file.u8(symbol + 4);
    if ((type & external) === 0 || (type & kindMask) === 0) {
      continue;
    }
    const nameOffset = strings + file.u32(symbol);
    const name = wanted.find(([, text]) => file.isText(nameOffset, text))?.[0];
    if (name !== undefined) {
      found.set(name.slice(1), file.word(symbol + 8, is64 ? 64 : 32));
    }
  }
  return found;
}

function image(
  file: FileBytes,
  segments: readonly { address: number; offset: number; size: number }[],
): LoadedImage {
  const offsetOf = (address: number) => {
    const found = segments.find((entry) => address >= entry.address && address < entry.address + entry.size);
    return found && found.offset + (address - found.address);
  };
  return {
    offsetOf,
    // Pointers lie in their places: as they are, or as links of a chain, whose target is in the lower 36 bits unless the highest bit
    // tells that it is a symbol of another library.
    pointerAt(address) {
      const offset = offsetOf(address);
      if (offset === undefined || file.i32(offset + 4) < 0) {
        return undefined;
      }
      return file.u32(offset) + (file.u32(offset + 4) & 0xf) * 2 ** 32;
    },
  };
}
