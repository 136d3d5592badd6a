import type { CompilationOptions, CompiledAhead } from '../aot/ahead-options.js';
import type { HostObjectAccess, ReachableHostObject } from '../host-module/host-object.js';
import type { GuestMemory } from '../memory/guest-memory.js';
import type { ExternalType } from '../module-types/external-types.js';
import type { GuestGlobal } from '../values/guest-global.js';
import type { GuestTable } from '../values/guest-table.js';
import type { FunctionOf, Signature } from '../values/signature.js';
import type { ValueOf, ValueType } from '../values/value-types.js';
import type { CompiledGuest } from './compiled-guest.js';
import type { DeclaredExports, GuestExports } from './guest-exports.js';
import type { RunOptions } from './run-options.js';
import type { RuntimeReport } from './runtime-report.js';

/**
 * A guest: the path or file URL of a wasm file, its bytes, or the result of `compileGuest()`. A file is read each time. It may be a pipe or a
 * device of up to 256 MiB, which is waited for until it has given nothing for 30 seconds. Bytes that were
 * given before are not compiled again while they are among the most recent 8 MiB on engine `v8`, or 2 MiB on `wasmedge` (there, while a
 * runtime lives).
 */
export type GuestSource = string | URL | Uint8Array | CompiledGuest;

/** Options of {@link Runtime.instantiate}. */
export interface InstantiateOptions<Declared extends Readonly<Record<string, Signature>>> {
  /** A name under which later guests can import this one's exports. Default: none. */
  readonly name?: string | undefined;
  /**
   * Signatures of exported functions: they are checked against the guest and give `exports` its type, which then has only these for the compiler.
   * Default: none; for the compiler, `exports` has a function of any name.
   */
  readonly exports?: Declared | undefined;
}

/** A guest that has been instantiated. */
export interface Instance<Exports = GuestExports> extends Disposable {
  /** The guest's exported functions. A name that the guest does not export throws `UnknownExportError`. */
  readonly exports: Exports;
  /** The types of the guest's exports, by name: the signature of a function, the size of a memory. */
  readonly exportTypes: ReadonlyMap<string, ExternalType>;
  /** The guest's memory 0, exported or not; `undefined` if it has none. */
  readonly memory: GuestMemory | undefined;
  /**
   * An exported function by name, typed by its signature; for a name that is known only at run time, or when nothing was declared.
   *
   * @throws {UnknownExportError} when the guest exports no function of that name.
   * @throws {ExportMismatchError} when it has another signature.
   * @throws {InvalidArgumentError} when `signature` is not a signature.
   * @example const add = instance.exportedFunction('add', signature(['i32', 'i32'], ['i32']));
   */
  exportedFunction<const S extends Signature>(name: string, signature: S): FunctionOf<S>;
  /**
   * An exported memory by name.
   *
   * @throws {UnknownExportError} when the guest exports no memory of that name.
   */
  exportedMemory(name: string): GuestMemory;
  /**
   * An exported global by name.
   *
   * @throws {UnknownExportError} when the guest exports no global of that name.
   */
  exportedGlobal(name: string): GuestGlobal;
  /**
   * An exported global by name, whose values are typed by its type.
   *
   * @param type its type, by the name in the text format.
   * @throws {UnknownExportError} when the guest exports no global of that name.
   * @throws {ExportMismatchError} when it has another type.
   * @throws {InvalidArgumentError} when `type` is not a type.
   * @example const count: bigint = instance.exportedGlobal('count', 'i64').get();
   */
  exportedGlobal<const Type extends ValueType>(name: string, type: Type): GuestGlobal<ValueOf[Type]>;
  /**
   * An exported table by name.
   *
   * @throws {UnknownExportError} when the guest exports no table of that name.
   */
  exportedTable(name: string): GuestTable;
}

/** Runs guests on one engine with one set of plug-ins. Its plug-ins' state is shared by its guests and ends with it. */
export interface Runtime extends Disposable {
  /**
   * Runs a WASI command (its `_start`) to its end and returns its exit code. Each call has its own descriptors and captured output; plug-ins and
   * instantiated guests are shared by all calls. A call that a host function makes while another is running has its own, too, and the outer call
   * continues with what it had.
   *
   * @param options what this call gets instead of the runtime's `wasi`. Default: that.
   * @throws {InvalidArgumentError} for an option that does not exist or has the wrong type.
   * @throws {UnsupportedByEngineError} for `timeoutMs` on engine `v8`, which cannot stop a guest.
   * @throws {GuestAbortError} when `signal` is aborted.
   * @throws {GuestNotFoundError} when the file cannot be read.
   * @throws {InvalidGuestError} when it is not a valid module.
   * @throws {MissingImportError} when nobody provides something that it imports.
   * @throws {ImportMismatchError} when it imports something as a different type than it has.
   * @throws {UnknownExportError} when it does not export `_start`.
   * @throws {MemoryLimitError} when it declares more memory than `limits` allows.
   * @throws {GuestTimeoutError} after `limits.timeoutMs` or `timeoutMs`.
   * @throws {CostLimitError} after `limits.cost` instructions.
   * @throws {DisposedError} when the runtime is gone.
   * @throws {GuestTrapError} when the guest traps; an error thrown by a host function arrives as thrown.
   */
  run(guest: GuestSource, options?: RunOptions): number;
  /**
   * Instantiates a guest as a library; `_initialize` is called if it is exported.
   *
   * @throws {InvalidArgumentError} for an option that does not exist or has the wrong type.
   * @throws {DuplicateNameError} when guests of this runtime can already import from `name`.
   * @throws {ExportMismatchError} when a function has another signature than was declared.
   * @throws {UnknownExportError} when a declared function is not exported.
   * @throws the other errors of {@link Runtime.run}; the guest is then gone.
   */
  instantiate<const Declared extends Readonly<Record<string, Signature>> = Record<never, never>>(
    guest: GuestSource,
    options?: InstantiateOptions<Declared>,
  ): Instance<DeclaredExports<Declared>>;
  /**
   * The memory, global or table that this runtime has made for a host module, and that its guests share. It ends with the runtime: then its methods
   * throw `DisposedError`.
   *
   * @param object what {@link hostMemory}, {@link hostGlobal} or {@link hostTable} returned, and is in a module of the option `hostModules`.
   * @throws {InvalidArgumentError} for anything else.
   * @throws {DisposedError} when the runtime was disposed.
   * @example runtime.hostObject(counter).get()
   */
  hostObject<Made extends ReachableHostObject>(object: Made): HostObjectAccess<Made>;
  /**
   * Compiles a guest to native code for engine `wasmedge`, in a separate process, and keeps the code in the user's cache. If the option `aot` asks
   * for compiled code, later instances run it; other runtimes find it in the cache. It is made for the limits of this runtime: with `limits.cost`
   * it counts instructions.
   *
   * @param options Default: as for `compileAhead()`, at the level that the option `aot` sets.
   * @throws {UnsupportedByEngineError} on engine `v8`, which compiles guests by itself.
   * @throws {InvalidArgumentError} for an option that does not exist or has the wrong type.
   * @throws {GuestCompileError} when it cannot be compiled.
   * @throws {GuestAbortError} when the signal ends it.
   * @throws {AotCacheError} when other users can write to the cache.
   * @throws {GuestNotFoundError} when its file cannot be read.
   * @throws {InvalidGuestError} when it is not a valid module.
   * @throws {DisposedError} when the runtime is gone.
   */
  compile(guest: GuestSource, options?: CompilationOptions): Promise<CompiledAhead>;
  /** Output to stdout, when that is `capture`, of the latest `run` and of guests called after it. */
  readonly stdout: Uint8Array;
  /** Output to stderr, when that is `capture`, of the latest `run` and of guests called after it. */
  readonly stderr: Uint8Array;
  /** What was chosen, and why. */
  report(): RuntimeReport;
}
