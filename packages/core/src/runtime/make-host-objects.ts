import type { Engine, EngineInstance } from '../engines/engine.js';
import { InvalidGuestError, MemoryLimitError } from '../errors/guest-errors.js';
import { printableName } from '../errors/printable.js';
import { UnsupportedByEngineError } from '../errors/runtime-errors.js';
import { encodeHostObjects } from '../host-module/encode-host-objects.js';
import type { HostObjects } from '../host-module/host-object.js';
import type { GuestResultValue } from '../values/value-types.js';
import { partsOfHostObjects } from './host-object-parts.js';

/** Who has each object of a host module, by its name. */
export type MadeHostObjects = ReadonlyMap<string, EngineInstance>;

/**
 * Makes the memories, globals, tables and tags of a host module in a runtime.
 *
 * @param memoryPages how large the memories may become together.
 * @throws {MemoryLimitError} when they are larger than the runtime allows.
 * @throws {UnsupportedByEngineError} when the engine does not know exceptions, and there is a tag.
 */
export function makeHostObjects(
  engine: Engine,
  name: string,
  objects: HostObjects,
  memoryPages: number,
): MadeHostObjects {
  const made = new Map<string, EngineInstance>();
  try {
    for (const part of partsOfHostObjects(objects, memoryPages)) {
      const instance = makePart(engine, name, part);
      for (const objectName of Object.keys(part)) made.set(objectName, instance);
    }
  } catch (error) {
    throw inWordsOfHost(error, engine, name, objects);
  }
  for (const [objectName, object] of Object.entries(objects)) {
    if (object.kind === 'global' && object.type === 'externref' && object.value !== null) {
      made
        .get(objectName)
        ?.globalNamed(objectName)
        ?.set(object.value as GuestResultValue);
    }
  }
  return made;
}

function makePart(engine: Engine, name: string, part: HostObjects): EngineInstance {
  const label = `of the host module ${printableName(name)}`;
  const instanceLabel = `The host module ${printableName(name)}`;
  const code = engine.guests.take(encodeHostObjects(part), true);
  try {
    const { types } = code.reading;
    const imports = { types, names: undefined, providers: [] };
    return engine.provideObjects({ label, instanceLabel, code, imports }, name);
  } finally {
    code.letGo();
  }
}

function inWordsOfHost(error: unknown, engine: Engine, name: string, objects: HostObjects): unknown {
  if (MemoryLimitError.isInstance(error)) {
    return new MemoryLimitError(
      `The memories or tables of the host module ${printableName(name)} are larger than this runtime allows; the cause has the numbers. Make them smaller, or raise limits.memoryPages.`,
      { cause: error },
    );
  }
  const [tag] = Object.entries(objects).find(([, { kind }]) => kind === 'tag') ?? [];
  if (tag !== undefined && InvalidGuestError.isInstance(error)) {
    const { library } = engine;
    const which = library === undefined ? 'this version of Node.js' : `libwasmedge ${library.version}`;
    return new UnsupportedByEngineError(
      `The host module ${printableName(name)} has the exception tag ${printableName(tag)}, and ${which} does not know WebAssembly exceptions; use engine: 'v8', or libwasmedge 0.17.`,
      { cause: error },
    );
  }
  return error;
}
