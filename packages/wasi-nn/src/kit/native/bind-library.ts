import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LibraryNotFoundError } from '@wasmedge-plugins/core';
import { keepLoaded, koffi } from '@wasmedge-plugins/core/native';
import { BackendUnavailableError } from '../../errors.js';
import type { CFunction, CStruct, CType, FunctionsOf, Prototype, Prototypes } from './prototypes.js';

type Library = ReturnType<typeof koffi.load>;

/** A library's name in an error, and what it needs. */
export interface LibraryWords {
  /** Its display name: `OpenVINO's C library`. */
  readonly title: string;
  /** What it needs to be usable, or what fixes it: one or more sentences. */
  readonly hint: string;
}

/**
 * Opens a library for the rest of the process and binds the functions of a table. Libraries that it needs are also found if they are next to
 * it.
 *
 * @throws {BackendUnavailableError} when it cannot be opened, or lacks a function that is not optional.
 */
export function bindLibrary<const Table extends Prototypes>(
  path: string,
  prototypes: Table,
  { title, hint }: LibraryWords,
): FunctionsOf<Table> {
  try {
    const library = openWithNeeded(path, new Set());
    const bound = Object.entries(prototypes).map(([name, prototype]) => [name, bind(library, prototype)]);
    return Object.fromEntries(bound) as FunctionsOf<Table>;
  } catch (cause) {
    // Without koffi the library was not looked at, so what it needs is not the matter.
    const advice = LibraryNotFoundError.isInstance(cause) ? '' : `. ${hint}`;
    throw new BackendUnavailableError(
      `${title} ${path} cannot be used: ${(cause as Error).message}${advice}`,
      { cause },
    );
  }
}

/** A structure of these fields, by the C types that koffi knows, for tables of prototypes. It is made when a library is first bound: a table needs no koffi. */
export function struct<Fields extends object>(
  fields: Readonly<Record<keyof Fields & string, string>>,
): CStruct<Fields> {
  let made: ReturnType<typeof koffi.struct> | undefined;
  return {
    get type() {
      made ??= koffi.struct(fields);
      return made;
    },
  };
}

/** Calls a C function on another thread. Its arguments must stay alive until it has ended. */
export function callOffThread<Arguments extends readonly unknown[], Result>(
  target: CFunction<Arguments, Result>,
  ...args: Arguments
): Promise<Result> {
  return new Promise((resolve, reject) => {
    target.async(...args, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}

function bind(library: Library, [name, result, parameters, presence]: Prototype): unknown {
  const typeOf = (type: CType | '...') => (typeof type === 'string' ? type : type.type);
  try {
    return library.func(name, typeOf(result), parameters.map(typeOf));
  } catch (error) {
    if (presence === 'optional') return undefined;
    throw error;
  }
}

/**
 * Opens a library, and before it the libraries that it needs and that lie beside it: in an unpacked package the loader of the system
 * finds those only when `LD_LIBRARY_PATH` names the folder. None is unloaded again: threads and thread-local objects would not survive it.
 */
function openWithNeeded(path: string, tried: Set<string>): Library {
  tried.add(path);
  for (;;) {
    try {
      const library = koffi.load(path);
      keepLoaded(path);
      return library;
    } catch (error) {
      const needed = missingLibrary(path, (error as Error).message);
      if (needed === undefined || tried.has(needed)) throw error;
      openWithNeeded(needed, tried);
    }
  }
}

/** The file beside `path` that the loader's message says it has not found. */
function missingLibrary(path: string, message: string): string | undefined {
  for (const [name] of message.matchAll(/lib[\w.+-]+\.so[\w.]*/g)) {
    const file = join(dirname(path), name);
    if (file !== path && existsSync(file)) return file;
  }
  return undefined;
}
