import { InvalidGuestError } from '../../errors/guest-errors.js';
import { addedStartName, noAddedExports } from '../../module-types/added-exports.js';
import { type BoundGuest, boundGuest } from '../../module-types/bound-guest.js';
import { largestMemory } from '../../module-types/external-types.js';
import type { ModuleReading } from '../../module-types/module-reading.js';
import { readModule } from '../../module-types/read-module.js';
import {
  type GuestChanges,
  type ImportName,
  rewriteGuest,
  unchanged,
} from '../../module-types/rewrite-guest.js';
import { TableBudget } from '../../module-types/table-budget.js';
import type { GuestCompiler } from '../engine.js';
import type { GuestCode } from '../guest-code.js';
import { GuestCodes } from '../guest-codes.js';

/** A guest as V8 knows it. */
export type V8Guest = GuestCode<WebAssembly.Module>;

/** The guests of this thread. What V8 made of them is garbage once nobody holds it. */
export const v8Guests = new GuestCodes<WebAssembly.Module>({
  read: (bytes) => readModule(bytes, { code: true, nesting: false }),
  release: () => {},
  maxBytes: 8 * 1024 * 1024,
});

/**
 * A guest as a module of V8, compiled now where it was not before.
 *
 * @throws {InvalidGuestError} when it is not valid.
 */
export function v8Module(label: string, guest: V8Guest, changes: GuestChanges): WebAssembly.Module {
  return guest.form(changes, (bytes) => {
    refuseInvalidStart(label, guest.reading, changes);
    return compile(label, bytes);
  });
}

/**
 * Throws unless the guest is valid as it is.
 *
 * @throws {InvalidGuestError} when it is not.
 */
export function refuseInvalid(label: string, reading: ModuleReading): void {
  const bytes = rewriteGuest(reading, unchanged);
  // Compiled for the words of the error.
  if (!WebAssembly.validate(bytes as BufferSource)) compile(label, bytes);
}

/**
 * {@link boundGuest} for V8, which starts no guest by itself: a start function is called once the host knows the instance and its memory.
 *
 * @throws {MemoryLimitError} when its memories or tables start with more than they may have.
 */
export function boundV8Guest(
  reading: ModuleReading,
  memoryPages: number,
  tables: TableBudget,
  names: ReadonlyMap<number, ImportName> | undefined,
): BoundGuest {
  const bound = boundGuest(reading, memoryPages, tables, names);
  const start = addedStartName(reading.types);
  if (start === undefined) return bound;
  const addedExports = { ...(bound.changes.addedExports ?? noAddedExports), start };
  return { ...bound, changes: { ...bound.changes, addedExports } };
}

/** A function that is exported may be referred to in the code, so the export could make another module valid. */
function refuseInvalidStart(label: string, reading: ModuleReading, { addedExports }: GuestChanges): void {
  if (addedExports?.start !== undefined) refuseInvalid(label, reading);
}

/** What compiles guests for runtimes with this limit of memory. */
export function v8Compiler(memoryPages = largestMemory(false)): GuestCompiler {
  return {
    guests: v8Guests,
    async compile(label, code) {
      const { changes } = boundV8Guest(code.reading, memoryPages, new TableBudget(), undefined);
      await (code as V8Guest).prepareForm(changes, (bytes) => {
        refuseInvalidStart(label, code.reading, changes);
        return compileElsewhere(label, bytes);
      });
    },
  };
}

async function compileElsewhere(label: string, bytes: Uint8Array): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compile(bytes as BufferSource);
  } catch {
    // Here for the words of the error; what is not valid is told fast.
    return compile(label, bytes);
  }
}

function compile(label: string, bytes: Uint8Array): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes as BufferSource);
  } catch (cause) {
    throw new InvalidGuestError(`The guest ${label} is not valid WebAssembly: ${(cause as Error).message}.`, {
      cause,
    });
  }
}
