import type { ElfDynamic } from './elf-dynamic.js';
import { BrokenFile, type FileBytes, zeroTerminated } from './file-bytes.js';

const tag = { hash: 4, symbolTable: 6, gnuHash: 0x6fff_fef5 };
const maxSymbols = 4_000_000;

/** The addresses of exported symbols by name. */
export function findElfSymbols(
  elf: FileBytes,
  bits: 32 | 64,
  dynamic: ElfDynamic,
  names: readonly string[],
): Map<string, number> {
  const found = new Map<string, number>();
  const wanted = zeroTerminated(names);
  const table = dynamic.offset(tag.symbolTable);
  const count = symbolCount(elf, bits, dynamic);
  if (table === undefined || count > maxSymbols) {
    return found;
  }
  const size = bits === 64 ? 24 : 16;
  for (let index = 1; index < count; index++) {
    const symbol = table + index * size;
    const section = elf.u16(symbol + (bits === 64 ? 6 : 14));
    if (section === 0) {
      continue;
    }
    const nameIndex = elf.u32(symbol);
    const name = wanted.find(([, text]) => dynamic.isText(nameIndex, text))?.[0];
    if (name !== undefined) {
      found.set(name, elf.word(symbol + (bits === 64 ? 8 : 4), bits));
    }
  }
  return found;
}

/** The table of symbols does not tell its length; the hash tables that lead into it do. */
function symbolCount(elf: FileBytes, bits: 32 | 64, dynamic: ElfDynamic): number {
  const hash = dynamic.offset(tag.hash);
  if (hash !== undefined) {
    return elf.u32(hash + 4);
  }
  const gnu = dynamic.offset(tag.gnuHash);
  if (gnu === undefined) {
    return 0;
  }
  const bucketCount = elf.u32(gnu);
  const firstHashed = elf.u32(gnu + 4);
  const buckets = gnu + 16 + elf.u32(gnu + 8) * (bits / 8);
  const chains = buckets + bucketCount * 4;
  let last = 0;
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    last = Math.max(last, elf.u32(buckets + bucket * 4));
  }
  if (last < firstHashed) {
    return firstHashed;
  }
  while ((elf.u32(chains + (last - firstHashed) * 4) & 1) === 0) {
    if (++last > maxSymbols) {
      throw new BrokenFile('it has too many symbols');
    }
  }
  return last + 1;
}
