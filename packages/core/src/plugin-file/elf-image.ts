import type { LoadedImage } from './binary-file.js';
import type { ElfDynamic } from './elf-dynamic.js';
import type { FileBytes } from './file-bytes.js';

const tag = { symbolTable: 6, relocations: 7, relocationsSize: 8, packedRelocations: 36 };
const maxRelocations = 1_000_000;

/** Types of relocations that write an address: of the file itself, and of a symbol. */
const kinds: ReadonlyMap<number, { readonly relative: number; readonly symbolic: readonly number[] }> =
  new Map([
    [62, { relative: 8, symbolic: [1, 6] }],
    [183, { relative: 1027, symbolic: [257, 1025] }],
  ]);

/** The image of a 64-bit ELF file for x64 or arm64; of other machines no pointer is known. */
export function elfImage(elf: FileBytes, bits: 32 | 64, machine: number, dynamic: ElfDynamic): LoadedImage {
  let pointers: ReadonlyMap<number, number> | undefined;
  return {
    offsetOf: (address) => dynamic.offsetOf(address),
    pointerAt(address) {
      pointers ??= bits === 64 ? readPointers(elf, machine, dynamic) : new Map();
      // Packed relocations have no addends: what they relocate lies in its place already.
      const offset =
        dynamic.value(tag.packedRelocations) === undefined ? undefined : dynamic.offsetOf(address);
      return pointers.get(address) ?? (offset === undefined || bits !== 64 ? undefined : elf.u64(offset));
    },
  };
}

function readPointers(elf: FileBytes, machine: number, dynamic: ElfDynamic): Map<number, number> {
  const pointers = new Map<number, number>();
  const kind = kinds.get(machine);
  const table = dynamic.offset(tag.relocations);
  const symbols = dynamic.offset(tag.symbolTable);
  if (kind === undefined || table === undefined) {
    return pointers;
  }
  const count = Math.min(Math.floor((dynamic.value(tag.relocationsSize) ?? 0) / 24), maxRelocations);
  for (let index = 0; index < count; index++) {
    const relocation = table + index * 24;
    const type = elf.u32(relocation + 8);
    // An addend below zero leads to nothing that is looked for.
    if (elf.i32(relocation + 20) < 0) {
      continue;
    }
    if (type === kind.relative) {
      pointers.set(elf.u64(relocation), elf.u64(relocation + 16));
    } else if (kind.symbolic.includes(type) && symbols !== undefined) {
      const symbol = symbols + elf.u32(relocation + 12) * 24;
      if (elf.u16(symbol + 6) !== 0) {
        pointers.set(elf.u64(relocation), elf.u64(symbol + 8) + elf.u64(relocation + 16));
      }
    }
  }
  return pointers;
}
