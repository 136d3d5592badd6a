import type { HostMemory } from '../host-module/host-memory.js';
import type { HostObject, HostObjects } from '../host-module/host-object.js';
import { limitMemories } from '../module-types/limit-memory.js';

/**
 * The objects of a host module, such that no part has two memories: engines without that proposal have one in a module. The memories have
 * maxima by which they never have more than `memoryPages` pages together.
 *
 * @throws {MemoryLimitError} when they start with more.
 */
export function partsOfHostObjects(objects: HostObjects, memoryPages: number): readonly HostObjects[] {
  const isMemory = (object: HostObject): object is HostMemory => object.kind === 'memory';
  const memories = [...new Set(Object.values(objects).filter(isMemory))];
  if (memories.length < 2) return [objects];
  const types = memories.map(({ minimum, maximum }) => ({ minimum, maximum, is64: false, shared: false }));
  const limited = limitMemories(types, memoryPages) ?? types;
  const entries = Object.entries(objects);
  const rest = Object.fromEntries(entries.filter(([, object]) => !isMemory(object)));
  return memories.map((memory, index) => {
    const { minimum, maximum } = limited[index] as (typeof limited)[number];
    const names = entries.filter(([, object]) => object === memory).map(([name]) => name);
    const bounded: HostMemory = { kind: 'memory', minimum, maximum };
    return { ...(index === 0 && rest), ...Object.fromEntries(names.map((name) => [name, bounded])) };
  });
}
