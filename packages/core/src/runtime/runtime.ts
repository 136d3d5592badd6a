import type { Signature } from '../host-module/signature.js';
import type { ValueType } from '../host-module/value-types.js';
import type { GuestMemory } from '../memory/guest-memory.js';
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

/** An exported global. */
export interface GuestGlobal {
  /** `undefined` for a type whose values stay inside guests, such as `i31ref`, `exnref` or `(ref 3)`. */
  readonly type: ValueType | undefined;
  readonly mutable: boolean;
  /** @throws {UnsupportedByEngineError} for a type that does not cross; `v128` crosses on engine `wasmedge`. */
  get(): unknown;
  /**
   * @throws {InvalidArgumentError} for an immutable global or a value of the wrong type.
   * @throws {UnsupportedByEngineError} as {@link GuestGlobal.get}.
   */
  set(value: unknown): void;
}

/** An exported table. */
export interface GuestTable {
  /** `undefined` for a type whose values stay inside guests, such as `i31ref`, `exnref` or `(ref null 3)`; then there is only `length`. */
  readonly type: 'funcref' | 'externref' | undefined;
  readonly length: number;
  /**
   * @throws {InvalidArgumentError} for an index outside of the table.
   * @throws {UnsupportedByEngineError} for a type that does not cross.
   */
  get(index: number): unknown;
  /**
   * @throws {InvalidArgumentError} for an index outside of the table, or a value of the wrong type.
   * @throws {UnsupportedByEngineError} for a type that does not cross.
   */
  set(index: number, value: unknown): void;
  /**
   * Returns the length before, or -1 when the table's maximum or the bound on the tables of a runtime does not allow it.
   *
   * @throws {UnsupportedByEngineError} for a type that does not cross.
   */
  grow(delta: number): number;
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
