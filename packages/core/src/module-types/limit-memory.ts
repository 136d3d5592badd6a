import { MemoryLimitError } from '../errors/guest-errors.js';
import type { ByteReader } from './byte-reader.js';
import { readList } from './entries.js';
import { largestMemory, type MemoryType, readMemoryType } from './external-types.js';
import { most } from './implementation-limits.js';
import { encodeNumber, replaceSection } from './rewrite-section.js';
import { readSections, sectionId } from './sections.js';

/**
 * A module whose declared memories can never have more than `maximumPages` pages together: the same array when that is so already, else
 * a copy with another memory section, in which memories that can grow share what the others leave. Imported memories are as large as
 * the one who provides them allows.
 *
 * @throws {MemoryLimitError} when they start with more pages.
 * @throws {InvalidGuestError} when the bytes are not a module.
 */
export function limitMemory(bytes: Uint8Array, maximumPages: number): Uint8Array {
  for (const { id, start, reader } of readSections(bytes)) {
    if (id !== sectionId.memory) continue;
    const memories = readMemories(reader);
    const room = roomToGrow(memories, maximumPages);
    const limited = memories.map((memory) => withinLimit(memory, memory.minimum + room));
    if (limited.every((memory, index) => memory === memories[index])) return bytes;
    const content = [encodeNumber(limited.length), ...limited.map(encodeMemory)];
    return replaceSection(bytes, id, start, reader.end, content);
  }
  return bytes;
}

function readMemories(reader: ByteReader): MemoryType[] {
  const memories = readList(reader, () => readMemoryType(reader), 'memories', most.memories);
  reader.requireEnd();
  return memories;
}

/** Pages that each memory which can grow may grow by. */
function roomToGrow(memories: readonly MemoryType[], maximumPages: number): number {
  const declared = memories.reduce((sum, { minimum }) => sum + minimum, 0);
  if (declared > maximumPages) {
    const what = memories.length === 1 ? 'a memory' : `${memories.length} memories`;
    throw new MemoryLimitError(
      `The guest declares ${what} of at least ${declared} pages and limits.memoryPages allows ${maximumPages}. Raise limits.memoryPages, or build the guest with a smaller initial memory.`,
    );
  }
  const growing = memories.filter(({ minimum, maximum = largestMemory(true) }) => maximum > minimum);
  return Math.floor((maximumPages - declared) / Math.max(1, growing.length));
}

function withinLimit(memory: MemoryType, limit: number): MemoryType {
  const maximum = memory.maximum ?? largestMemory(memory.is64);
  return maximum <= limit ? memory : { ...memory, maximum: limit };
}

function encodeMemory({ minimum, maximum, shared, is64 }: MemoryType): number[] {
  const flags = (maximum === undefined ? 0 : 1) | (shared ? 2 : 0) | (is64 ? 4 : 0);
  return [flags, ...encodeNumber(minimum), ...(maximum === undefined ? [] : encodeNumber(maximum))];
}
