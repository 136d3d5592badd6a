import { printableName } from '../errors/printable.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { hostGlobal } from './host-global.js';
import { hostMemory } from './host-memory.js';
import type { HostObject, HostObjects } from './host-object.js';
import { hostTable } from './host-table.js';
import { hostTag } from './host-tag.js';

const makers = { memory: 'hostMemory', global: 'hostGlobal', table: 'hostTable', tag: 'hostTag' } as const;

/**
 * Throws for objects of a host module that were written by hand, and are none that their makers make.
 *
 * @throws {InvalidArgumentError} naming the first, and what its maker says of it.
 */
export function checkHostObjects(module: string, objects: HostObjects = {}): void {
  for (const [name, object] of Object.entries(objects)) {
    try {
      makeAgain(object);
    } catch (cause) {
      throw new InvalidArgumentError(
        `The ${object.kind} ${printableName(module)}.${printableName(name)} is not what ${makers[object.kind]}() returns: ${(cause as Error).message}`,
        { cause },
      );
    }
  }
}

function makeAgain(object: HostObject): HostObject {
  switch (object.kind) {
    case 'memory':
      return hostMemory({ minimum: object.minimum, maximum: object.maximum });
    case 'table':
      return hostTable(object.type, { minimum: object.minimum, maximum: object.maximum });
    case 'global':
      return hostGlobal(object.type, object.value as never, { mutable: object.mutable });
    case 'tag':
      return hostTag(object.params);
  }
}
