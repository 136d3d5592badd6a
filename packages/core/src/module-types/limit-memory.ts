import { MemoryLimitError } from '../errors/guest-errors.js';
import { largestMemory, type MemoryType } from './external-types.js';

/**
 * The memories of a module with maxima by which they can never have more than `maximumPages` pages together: those that can grow share
 * what the others leave. `undefined` when it is so already. Imported memories are as large as the one who provides them allows.
 *
 * @throws {MemoryLimitError} when they start with more pages.
 */
export function limitMemories(
  memories: readonly MemoryType[],
  maximumPages: number,
): readonly MemoryType[] | undefined {
  const room = roomToGrow(memories, maximumPages);
  const limited = memories.map((memory) => withinLimit(memory, memory.minimum + room));
  return limited.every((memory, index) => memory === memories[index]) ? undefined : limited;
}

/** Pages that each memory which can grow may grow by. */
function roomToGrow(memories: readonly MemoryType[], maximumPages: number): number {
  const declared = memories.reduce((sum, { minimum }) => sum + minimum, 0);
  if (declared > maximumPages) {
    const what = memories.length === 1 ? 'a memory' : `${memories.length} memories`;
    throw new MemoryLimitError(
      `The guest declares ${what} of at least ${declared} pages, but limits.memoryPages allows ${maximumPages}. Raise limits.memoryPages, or build the guest with a smaller initial memory.`,
    );
  }
  const growing = memories.filter(({ minimum, maximum = largestMemory(true) }) => maximum > minimum);
  return Math.floor((maximumPages - declared) / Math.max(1, growing.length));
}

function withinLimit(memory: MemoryType, limit: number): MemoryType {
  const maximum = memory.maximum ?? largestMemory(memory.is64);
  return maximum <= limit ? memory : { ...memory, maximum: limit };
}
