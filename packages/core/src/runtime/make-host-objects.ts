import type { Engine, EngineInstance } from '../engines/engine.js';
import { InvalidGuestError, MemoryLimitError } from '../errors/guest-errors.js';
import { printableName } from '../errors/printable.js';
import { UnsupportedByEngineError } from '../errors/runtime-errors.js';
import { encodeHostObjects } from '../host-module/encode-host-objects.js';
import type { HostObjects } from '../host-module/host-object.js';
import type { GuestResultValue } from '../values/value-types.js';

/**
 * Makes the memories, globals, tables and tags of a host module in a runtime.
 *
 * @throws {MemoryLimitError} when they are larger than the runtime allows.
 * @throws {UnsupportedByEngineError} when the engine does not know exceptions, and there is a tag, or not several memories of a module, and there are several.
 */
export function makeHostObjects(engine: Engine, name: string, objects: HostObjects): EngineInstance {
  const label = `of the host module ${printableName(name)}`;
  const code = engine.guests.take(encodeHostObjects(objects), true);
  try {
    const { types } = code.reading;
    const instance = engine.provideObjects(
      {
        label,
        instanceLabel: `The host module ${printableName(name)}`,
        code,
        imports: { types, names: undefined, providers: [] },
      },
      name,
    );
    for (const [objectName, object] of Object.entries(objects)) {
      if (object.kind === 'global' && object.type === 'externref' && object.value !== null) {
        instance.globalNamed(objectName)?.set(object.value as GuestResultValue);
      }
    }
    return instance;
  } catch (error) {
    throw inWordsOfHost(error, engine, name, objects);
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
  const { library } = engine;
  const which = library === undefined ? 'this version of Node.js' : `libwasmedge ${library.version}`;
  const memories = new Set(Object.values(objects).filter(({ kind }) => kind === 'memory')).size;
  if (memories > 1 && InvalidGuestError.isInstance(error)) {
    return new UnsupportedByEngineError(
      `The host module ${printableName(name)} has ${memories} memories, and ${which} makes one for each host module; give each memory a host module of its own.`,
      { cause: error },
    );
  }
  if (tag !== undefined && InvalidGuestError.isInstance(error)) {
    return new UnsupportedByEngineError(
      `The host module ${printableName(name)} has the exception tag ${printableName(tag)}, and ${which} does not know WebAssembly exceptions; use engine: 'v8', or libwasmedge 0.17.`,
      { cause: error },
    );
  }
  return error;
}
