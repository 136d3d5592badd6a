import type { GuestMemory } from '../memory/guest-memory.js';
import type { GuestGlobal } from '../values/guest-global.js';
import type { GuestTable } from '../values/guest-table.js';
import type { Signature } from '../values/signature.js';
import type { DeclaredExports, GuestExports } from './guest-exports.js';
import type { RuntimeReport } from './runtime-report.js';

/** A guest: the path or file URL of a wasm file, or its bytes. */
export type GuestSource = string | URL | Uint8Array;

/** Options of {@link Runtime.instantiate}. */
export interface InstantiateOptions<Declared extends Readonly<Record<string, Signature>>> {
  /** A name under which later guests can import this one's exports. Default: none. */
  readonly name?: string | undefined;
  /** Signatures of exported functions: checked against the guest, and the types of `exports`, which then has these only for the compiler. */
  readonly exports?: Declared | undefined;
}

/** A guest that has been instantiated. */
export interface Instance<Exports = GuestExports> extends Disposable {
  /** The guest's exported functions. A name that the guest does not export throws `UnknownExportError`. */
  readonly exports: Exports;
  /** The guest's memory 0, exported or not where the engine can reach it, or `undefined`. */
  readonly memory: GuestMemory | undefined;
  /** An exported memory by name. */
  exportedMemory(name: string): GuestMemory;
  /** An exported global by name. */
  exportedGlobal(name: string): GuestGlobal;
  /** An exported table by name. */
  exportedTable(name: string): GuestTable;
}

/** Runs guests on one engine with one set of plug-ins. Its plug-ins' state is shared by its guests and ends with it. */
export interface Runtime extends Disposable {
  /**
   * Runs a WASI command (its `_start`) to its end and returns its exit code.
   *
   * @throws {GuestTrapError} when the guest traps; an error thrown by a host function arrives as it was thrown.
   */
  run(guest: GuestSource): number;
  /** Instantiates a guest as a library; `_initialize` is called where it is exported. */
  instantiate<const Declared extends Readonly<Record<string, Signature>> = Record<never, never>>(
    guest: GuestSource,
    options?: InstantiateOptions<Declared>,
  ): Instance<DeclaredExports<Declared>>;
  /** What the guests have written to stdout, when `wasi.stdout` is `capture`. */
  readonly stdout: Uint8Array;
  /** What the guests have written to stderr, when `wasi.stderr` is `capture`. */
  readonly stderr: Uint8Array;
  /** What was chosen, and why. */
  report(): RuntimeReport;
}
