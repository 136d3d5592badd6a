import { largestMemory } from '../../module-types/external-types.js';
import type { Library } from '../../native/library.js';
import type { Pointer } from '../../native/native-functions.js';

/** The C objects that hold no state of a runtime, and so serve all that have the same configuration. */
export interface SharedObjects {
  readonly configure: Pointer;
  readonly loader: Pointer;
  readonly validator: Pointer;
}

const shared = new WeakMap<Library, Map<number, SharedObjects>>();

const codeLoaders = new WeakMap<Library, Map<number, Pointer>>();

/** The shared objects for runtimes whose memories may have this many pages. They are kept: a program uses one or two such bounds. */
export function sharedObjects(library: Library, memoryPages: number): SharedObjects {
  const byPages = shared.get(library) ?? new Map<number, SharedObjects>();
  shared.set(library, byPages);
  let objects = byPages.get(memoryPages);
  if (objects === undefined) {
    const { c } = library;
    const configure = Number(c.ConfigureCreate());
    c.ConfigureSetMaxMemoryPage(configure, memoryPages);
    // No guest has a section of compiled code left; should one come here nevertheless, it is not run.
    c.ConfigureSetForceInterpreter(configure, true);
    c.ConfigureStatisticsSetCostMeasuring(configure, true);
    objects = {
      configure,
      loader: Number(c.LoaderCreate(configure)),
      validator: Number(c.ValidatorCreate(configure)),
    };
    byPages.set(memoryPages, objects);
  }
  return objects;
}

/**
 * A loader that runs the compiled code in a module: for modules whose code we have compiled, and for no other.
 *
 * @param memoryPages as for {@link sharedObjects}.
 */
export function codeLoader(library: Library, memoryPages: number): Pointer {
  const byPages = codeLoaders.get(library) ?? new Map<number, Pointer>();
  codeLoaders.set(library, byPages);
  let loader = byPages.get(memoryPages);
  if (loader === undefined) {
    const { c } = library;
    const configure = Number(c.ConfigureCreate());
    c.ConfigureSetMaxMemoryPage(configure, memoryPages);
    library.runCompiledCode?.(configure);
    loader = Number(c.LoaderCreate(configure));
    byPages.set(memoryPages, loader);
  }
  return loader;
}

/** Those of runtimes that bound nothing. */
export function defaultObjects(library: Library): SharedObjects {
  return sharedObjects(library, largestMemory(false));
}
