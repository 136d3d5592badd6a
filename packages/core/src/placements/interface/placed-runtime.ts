import type { CompilationOptions, CompiledAhead } from '../../aot/ahead-options.js';
import type { ExternalType } from '../../module-types/external-types.js';
import type { GuestSource, InstantiateOptions } from '../../runtime/runtime.js';
import type { RuntimeReport } from '../../runtime/runtime-report.js';
import type { Signature } from '../../values/signature.js';
import type { CallOptions, RepeatableCallOptions } from './call-options.js';
import type { MemberTask } from './member-task.js';
import type {
  DeclaredPlacedExports,
  PlacedArguments,
  PlacedFunctionOf,
  PlacedGuestExports,
  PlacedResult,
} from './placed-exports.js';
import type { PlacedHostObject, PlacedHostObjectAccess } from './placed-host-object.js';
import type { PlacedRunOptions } from './placed-run-options.js';

/** Where guests run: in the calling thread, in a worker thread, or in a child process. */
export type PlacementName = 'inline' | 'worker' | 'process';

/** An exported global of an instance in another thread or process. */
export interface PlacedGlobal {
  /**
   * Its current value.
   *
   * @throws {InstanceLostError} when the thread or process of the instance has ended.
   */
  get(options?: CallOptions): Promise<number | bigint>;
  /**
   * Sets its value.
   *
   * @param value a number, or a bigint for 64 bits, as the global's type requires
   * @throws {InvalidArgumentError} for an immutable global or a value of the wrong type.
   */
  set(value: number | bigint, options?: CallOptions): Promise<void>;
}

/** Which of an instance's memories is meant. */
export interface PlacedMemoryOptions extends CallOptions {
  /** The name of an exported memory. Default: memory 0. */
  readonly memory?: string | undefined;
}

/** How bytes are written into an instance's memory. */
export interface PlacedWriteOptions extends PlacedMemoryOptions {
  /**
   * Transfers the bytes, which saves a copy on their way to a worker: the array must not be used afterwards, and is empty if its buffer could be moved. Default: false.
   */
  readonly transfer?: boolean | undefined;
}

/** An instance that lives in another thread or process. */
export interface PlacedInstance<Exports = PlacedGuestExports> extends AsyncDisposable {
  /** The guest's exported functions; each call returns a promise. A name that the guest does not export throws `UnknownExportError`. */
  readonly exports: Exports;
  /** The types of the guest's exports, by name: the signature of a function, the size of a memory. */
  readonly exportTypes: ReadonlyMap<string, ExternalType>;
  /**
   * Calls an exported function as `exports` does, with a separate time limit or signal.
   *
   * @param args what the function takes
   * @throws {UnknownExportError} when the guest exports no function of that name.
   * @throws {GuestTimeoutError} after the time limit of the call or the runtime.
   * @throws {GuestAbortError} when its signal is aborted.
   * @throws {InstanceLostError} when the thread or process of the instance has ended.
   */
  call<Name extends keyof Exports & string>(
    name: Name,
    args: PlacedArguments<Exports[Name]>,
    options?: CallOptions,
  ): Promise<PlacedResult<Exports[Name]>>;
  /**
   * A copy of part of its memory.
   *
   * @param pointer address in the memory, in bytes
   * @param length number of bytes
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {InstanceLostError} when the thread or process of the instance has ended.
   */
  readMemory(
    pointer: number | bigint,
    length: number,
    options?: PlacedMemoryOptions,
  ): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Copies bytes into its memory. They must not change before the promise settles. It may settle before they have arrived, but every later request to
   * the instance finds them.
   *
   * @param pointer address in the memory, in bytes
   * @throws {MemoryRangeError} when the range reaches outside the memory.
   * @throws {InstanceLostError} when the thread or process of the instance has ended.
   */
  writeMemory(pointer: number | bigint, bytes: Uint8Array, options?: PlacedWriteOptions): Promise<void>;
  /** Number of 64 KiB pages that its memory has now. */
  memoryPages(options?: PlacedMemoryOptions): Promise<number>;
  /** Adds pages of 64 KiB and returns the number before, or -1 when the memory or the runtime's limit does not allow it. */
  growMemory(pages: number, options?: PlacedMemoryOptions): Promise<number>;
  /**
   * An exported function by name, typed by its signature; for a name that is known only at run time, or when nothing was declared.
   *
   * @throws {UnknownExportError} when the guest exports no function of that name.
   * @throws {ExportMismatchError} when it has another signature.
   * @throws {InvalidArgumentError} when `signature` is not a signature.
   */
  exportedFunction<const S extends Signature>(name: string, signature: S): PlacedFunctionOf<S>;
  /**
   * An exported global by name.
   *
   * @throws {UnknownExportError} when the guest exports no global of that name.
   */
  exportedGlobal(name: string): PlacedGlobal;
}

/**
 * Runs guests in a worker thread or a child process, with one set of plug-ins. One call runs at a time; the others wait in order. When the thread or process ends, the
 * running call is rejected, and the next call gets a fresh thread or process, without the earlier instances.
 */
export interface PlacedRuntime extends AsyncDisposable {
  /** Where its guests run. */
  readonly placement: Exclude<PlacementName, 'inline'>;
  /**
   * Runs a WASI command (its `_start`) to its end and resolves to its exit code.
   *
   * @throws {GuestTimeoutError} after the time limit of the call or the runtime.
   * @throws {GuestAbortError} when its signal is aborted.
   * @throws {GuestCrashError} when the thread or process ends.
   * @throws the errors of `Runtime.run`.
   */
  run(guest: GuestSource, options?: PlacedRunOptions): Promise<number>;
  /**
   * Instantiates a guest as a library; `_initialize` is called if it is exported.
   *
   * @param options Default: no name, and exports as the guest has them.
   * @throws the errors of `Runtime.instantiate` and {@link PlacedRuntime.run}.
   */
  instantiate<const Declared extends Readonly<Record<string, Signature>> = Record<never, never>>(
    guest: GuestSource,
    options?: InstantiateOptions<Declared> & CallOptions,
  ): Promise<PlacedInstance<DeclaredPlacedExports<Declared>>>;
  /**
   * Runs a function of a module where the guests run, with the runtime there as its first argument: for clients and sessions.
   *
   * @throws {CannotCrossError} when the module or the function does not exist, or an argument or the result cannot cross.
   * @throws what the function throws, and the errors of {@link PlacedRuntime.run}.
   */
  perform<Args extends readonly unknown[], Result>(
    task: MemberTask<Args, Result>,
    args: Args,
    options?: RepeatableCallOptions,
  ): Promise<Result>;
  /**
   * Output to stdout, when that is `capture`, of the latest `run` that has ended and of instances called after it. Other calls of the runtime that are under
   * way may change it after the next `await`.
   */
  readonly stdout: Uint8Array;
  /** The same for stderr. */
  readonly stderr: Uint8Array;
  /**
   * The memory or global that the runtime has made for a host module, and that its guests share. It is lost with its thread or process: the
   * methods then reject with `InstanceLostError`, and a call of `hostObject` gives the fresh one of the thread or process that follows.
   *
   * @param object what {@link hostMemory} or {@link hostGlobal} returned, and is in a module of the option `hostModules`.
   * @throws {InvalidArgumentError} for what is not in one.
   * @throws {UnsupportedByPlacementError} for a table, and for a global whose values do not cross.
   * @throws {DisposedError} when the runtime was disposed.
   * @example await runtime.hostObject(counter).get()
   */
  hostObject<Made extends PlacedHostObject>(object: Made): PlacedHostObjectAccess<Made>;
  /**
   * Compiles a guest to native code for engine `wasmedge`, in a separate process, and keeps the code in the user's cache, as `Runtime.compile`
   * does. Calls of the runtime go on meanwhile; calls that begin afterwards and instantiate the guest run the code, if the option `aot` asks for
   * it.
   *
   * @throws the errors of `Runtime.compile`.
   */
  compile(guest: GuestSource, options?: CompilationOptions): Promise<CompiledAhead>;
  /** What was chosen, and why. */
  report(): RuntimeReport;
}
