import { MemoryLimitError } from '../errors/memory-limit-error.js';
import type { ByteReader } from './byte-reader.js';
import { readList } from './entries.js';
import { largestMemory, type MemoryType, readMemoryType } from './external-types.js';
import { encodeNumber, replaceSection } from './rewrite-section.js';
import { readSections, sectionId } from './sections.js';

/**
 * A module whose declared memories can never have more than `maximumPages` pages: the same array when that is so already, else a
 * copy with another memory section. Imported memories are as large as the one who provides them allows.
 *
 * @throws {MemoryLimitError} when a memory starts with more pages.
 * @throws {InvalidGuestError} when the bytes are not a module.
 */
export function limitMemory(bytes: Uint8Array, maximumPages: number): Uint8Array {
  for (const { id, start, reader } of readSections(bytes)) {
    if (id !== sectionId.memory) continue;
    const memories = readMemories(reader);
    const limited = memories.map((memory) => withinLimit(memory, maximumPages));
    if (limited.every((memory, index) => memory === memories[index])) return bytes;
    const content = [...encodeNumber(limited.length), ...limited.flatMap(encodeMemory)];
    return replaceSection(bytes, id, start, reader.end, content);
  }
  return bytes;
}

function readMemories(reader: ByteReader): MemoryType[] {
  const memories = readList(reader, () => readMemoryType(reader));
  reader.requireEnd();
  return memories;
}

function withinLimit(memory: MemoryType, maximumPages: number): MemoryType {
  if (memory.minimum > maximumPages) {
    throw new MemoryLimitError(
      `The guest declares a memory of at least ${memory.minimum} pages and limits.memoryPages allows ${maximumPages}. Raise limits.memoryPages, or build the guest with a smaller initial memory.`,
    );
  }
  const maximum = memory.maximum ?? largestMemory(memory.is64);
  return maximum <= maximumPages ? memory : { ...memory, maximum: maximumPages };
}

function encodeMemory({ minimum, maximum, shared, is64 }: MemoryType): number[] {
  const flags = (maximum === undefined ? 0 : 1) | (shared ? 2 : 0) | (is64 ? 4 : 0);
  return [flags, ...encodeNumber(minimum), ...(maximum === undefined ? [] : encodeNumber(maximum))];
}
