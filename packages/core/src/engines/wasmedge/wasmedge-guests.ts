import { boundGuest } from '../../module-types/bound-guest.js';
import { largestMemory } from '../../module-types/external-types.js';
import { readModule } from '../../module-types/read-module.js';
import { TableBudget } from '../../module-types/table-budget.js';
import { type Library, openLibrary } from '../../native/library.js';
import type { GuestCompiler } from '../engine.js';
import type { GuestCode } from '../guest-code.js';
import { GuestCodes } from '../guest-codes.js';
import { runtimeTimeLimit } from '../timeout-error.js';
import { callLimits } from './call-limits.js';
import { parseElsewhere } from './parse-module.js';
import type { ParsedModule } from './parsed-module.js';
import { instantiationError } from './wasmedge-error.js';

/** A guest as WasmEdge knows it. */
export type WasmEdgeGuest = GuestCode<ParsedModule>;

/**
 * The guests that a libwasmedge knows in this thread. A parsed module takes some 25 times the memory of its bytes, which nobody collects
 * when the thread ends; so without a runtime only those are kept that somebody holds.
 */
export class WasmEdgeGuests extends GuestCodes<ParsedModule> {
  #runtimes = 0;

  constructor() {
    super({
      read: (bytes) => readModule(bytes, { code: true, nesting: true }),
      release: (parsed) => parsed.release(),
      maxBytes: 2 * 1024 * 1024,
    });
  }

  /** A runtime begins. */
  begin(): void {
    this.#runtimes++;
  }

  /** A runtime has ended. */
  end(): void {
    if (--this.#runtimes === 0) this.forgetKept();
  }
}

const byLibrary = new WeakMap<Library, WasmEdgeGuests>();

/** The guests of a libwasmedge. */
export function wasmEdgeGuests(library: Library): WasmEdgeGuests {
  const guests = byLibrary.get(library) ?? new WasmEdgeGuests();
  byLibrary.set(library, guests);
  return guests;
}

/**
 * What compiles guests for runtimes with this limit of memory.
 *
 * @throws {LibraryNotFoundError} when there is no libwasmedge.
 * @throws {LibraryVersionError} when it has a version that is not supported.
 */
export function wasmEdgeCompiler(
  libraryPath: string | undefined,
  memoryPages = largestMemory(false),
): GuestCompiler {
  const library = openLibrary(libraryPath);
  return {
    guests: wasmEdgeGuests(library),
    async compile(label, code) {
      const { changes } = boundGuest(code.reading, memoryPages, new TableBudget(), undefined);
      await (code as WasmEdgeGuest).prepareForm(changes, async (bytes) => {
        const parsed = await parseElsewhere(library, bytes);
        if (typeof parsed !== 'number') return parsed;
        const bounds = { limits: callLimits({}), timeLimit: runtimeTimeLimit() };
        throw instantiationError({ library, code: parsed, label, ...bounds, reason: 'cost' });
      });
    },
  };
}
