import type { CompilationOptions, CompiledAhead } from '../aot/ahead-options.js';
import type { CodeSupply } from '../aot/code-supply.js';
import { withSignal } from '../engines/call-signal.js';
import { type CallState, refuseDisposed } from '../engines/call-state.js';
import type { Engine, EngineInstance, ImportPlan, OpenGuestCode, PreparedGuest } from '../engines/engine.js';
import { refuseLowStack } from '../engines/stack-probe.js';
import type { CodeForm } from '../engines/wasmedge/aot/compiled-code.js';
import { refuseLimit } from '../engines/wasmedge/aot/require-inline-aot.js';
import { GuestExitError } from '../errors/guest-errors.js';
import { UnknownExportError } from '../errors/link-errors.js';
import { shownName } from '../errors/printable.js';
import { UnsupportedByEngineError } from '../errors/runtime-errors.js';
import type { HostObjectAccess, ReachableHostObject } from '../host-module/host-object.js';
import { exportNamed } from '../module-types/export-named.js';
import { prepareImport } from '../prepare-import.js';
import type { Signature } from '../values/signature.js';
import type { TakenOutput } from '../wasi/captured-output.js';
import type { CheckedOptions } from '../wasi/checked-options.js';
import type { Wasi } from '../wasi/create-wasi.js';
import type { AddedPlugin } from './add-plugin.js';
import { checkInstantiateOptions, checkRunOptions } from './check-options.js';
import type { ChosenAot } from './choose-aot.js';
import { CompiledGuest } from './compiled-guest.js';
import type { GuestExecutions } from './guest-executions.js';
import type { DeclaredExports } from './guest-exports.js';
import { GuestInstance } from './guest-instance.js';
import type { HostObjectPlace, RuntimeHostObjects } from './host-objects.js';
import type { ImportTable } from './import-table.js';
import { InstanceAhead } from './instance-ahead.js';
import type { LoadedGuest } from './load-guest.js';
import { namingGuest } from './naming-guest.js';
import { openGuest } from './open-guest.js';
import type { ResourceList } from './resource-list.js';
import type { RunOptions } from './run-options.js';
import type { GuestSource, Instance, InstantiateOptions, Runtime } from './runtime.js';
import type { RuntimeReport } from './runtime-report.js';

const noOptions = {};

/** A call of one export of an instance that is made for it. */
export interface FreshCall {
  readonly name: string;
  readonly args: readonly unknown[];
  /** What its exports must be. Default: they are not looked at. */
  readonly exports: Readonly<Record<string, Signature>> | undefined;
}

/** The parts that a runtime is made of. */
export interface RuntimeParts {
  readonly engine: Engine;
  readonly engineReason: string;
  readonly state: CallState;
  readonly imports: ImportTable;
  readonly hostObjects: RuntimeHostObjects;
  readonly wasi: Wasi;
  readonly plugins: readonly AddedPlugin[];
  /** How guests are compiled ahead of time. */
  readonly ahead: {
    readonly aot: ChosenAot;
    /** Absent on engine `v8`. */
    readonly supply: CodeSupply | undefined;
    readonly form: CodeForm;
    readonly executions: GuestExecutions;
  };
  /** Ended with the runtime. */
  readonly resources: ResourceList;
}

/** The runtime on any engine. */
export class GuestRuntime implements Runtime {
  readonly #parts: RuntimeParts;
  /** Commands have descriptors of their own; the libraries of one runtime share theirs. */
  #wasiHasBegun = false;
  readonly #ahead = new InstanceAhead();

  constructor(parts: RuntimeParts) {
    this.#parts = parts;
  }

  run(source: GuestSource, options: RunOptions = noOptions): number {
    if (options === noOptions) return this.#run(source, undefined);
    checkRunOptions(options);
    const { wasi, state, engine, ahead } = this.#parts;
    const { timeoutMs, signal } = options;
    if (timeoutMs !== undefined && engine.name === 'v8') refuseTimeout();
    if (timeoutMs !== undefined && ahead.aot.mode === 'inline') refuseLimit('run({ timeoutMs })');
    const world = wasi.check(options);
    const run = () => this.#run(source, world);
    const timed =
      timeoutMs === undefined ? run : () => state.within({ timeoutMs, option: 'run({ timeoutMs })' }, run);
    return signal === undefined ? timed() : withSignal(state, signal, timed);
  }

  #run(source: GuestSource, world: CheckedOptions | undefined): number {
    const { wasi } = this.#parts;
    return this.#use(source, (guest, programName) =>
      wasi.during(programName, world, () => this.#runCommand(guest)),
    );
  }

  #runCommand(guest: PreparedGuest): number {
    using instance = this.#instantiate(guest, undefined);
    const start = instance.functions.get('_start');
    if (start === undefined) {
      throw new UnknownExportError(
        `The guest ${guest.label} is not a WASI command: it does not export "_start". Use runtime.instantiate() and call ${describeFunctions(instance)}.`,
      );
    }
    try {
      start();
      return 0;
    } catch (error) {
      if (GuestExitError.isInstance(error)) {
        return error.exitCode;
      }
      throw error;
    }
  }

  instantiate<const Declared extends Readonly<Record<string, Signature>> = Record<never, never>>(
    source: GuestSource,
    options: InstantiateOptions<Declared> = noOptions,
  ): Instance<DeclaredExports<Declared>> {
    if (options !== noOptions) checkInstantiateOptions(options);
    const { name, exports } = options;
    if (name !== undefined) {
      this.#parts.imports.refuseTaken(name, 'guest');
    }
    return this.#use(source, (guest, programName) => {
      if (!this.#wasiHasBegun) {
        this.#wasiHasBegun = true;
        this.#parts.wasi.begin(programName);
      }
      return this.#instantiateLibrary(guest, name, exports);
    });
  }

  hostObject<Made extends ReachableHostObject>(object: Made): HostObjectAccess<Made> {
    return this.#parts.hostObjects.access(object);
  }

  /** What exports an object of a host module, as an instance. */
  hostInstance(place: HostObjectPlace): GuestInstance<unknown> {
    return new GuestInstance(place.module, this.#parts.hostObjects.instance(place), () => {});
  }

  /** Whether the objects of host modules keep what a guest leaves in them. */
  get hostObjectsKeepState(): boolean {
    return this.#parts.hostObjects.keepState;
  }

  /** Calls an export of an instance that nobody else uses, and that is gone afterwards; as a command, it has descriptors of its own. */
  callFresh(source: GuestSource, { name, args, exports }: FreshCall): unknown {
    return this.#use(source, (guest, programName) =>
      this.#parts.wasi.during(programName, undefined, () => {
        const instance = this.#ahead.take(guest) ?? this.#instantiateLibrary(guest);
        try {
          if (exports !== undefined) instance.requireSignatures(exports);
          return instance.functionNamed(name)(...(args as never[]));
        } finally {
          instance[Symbol.dispose]();
        }
      }),
    );
  }

  /**
   * Makes the instance of the next {@link callFresh} of a guest, while nobody waits, where that saves its call more than it takes: engine
   * `wasmedge` is quicker at it than a message is.
   */
  makeAhead(source: GuestSource): void {
    const { state, engine } = this.#parts;
    if (state.disposed || engine.name !== 'v8' || !(source instanceof CompiledGuest)) return;
    try {
      this.#use(source, (guest) => this.#ahead.make(guest, () => this.#instantiateLibrary(guest)));
    } catch {
      // The call makes its own, and says what hinders that.
    }
  }

  /** Ends what {@link makeAhead} made: whatever else is done here finds the bounds of the runtime as they are without it. */
  dropAhead(): void {
    this.#ahead.drop();
  }

  async compile(source: GuestSource, options: CompilationOptions = noOptions): Promise<CompiledAhead> {
    const { engine, state, ahead } = this.#parts;
    if (state.disposed) refuseDisposed('The runtime');
    prepareImport();
    const { compileForRuntime } = await import('./compile-for-runtime.js');
    return compileForRuntime(source, options, { engine: engine.name, ...ahead });
  }

  /** A guest that is read now and kept until it is disposed; nobody else can change its bytes. */
  keepGuest(loaded: LoadedGuest): CompiledGuest {
    const { name, guests } = this.#parts.engine;
    return new CompiledGuest(
      name,
      loaded,
      guests,
      namingGuest(loaded.label, () => guests.takeUnkept(loaded.bytes)),
    );
  }

  get stdout(): Uint8Array {
    return this.#parts.wasi.stdout;
  }

  get stderr(): Uint8Array {
    return this.#parts.wasi.stderr;
  }

  /** Captured output that its caller in another thread or process has not been told yet. */
  takeOutput(): TakenOutput | undefined {
    return this.#parts.wasi.takeOutput();
  }

  report(): RuntimeReport {
    const { engine, engineReason, plugins, ahead } = this.#parts;
    const report = {
      engine: engine.name,
      engineReason,
      plugins: plugins.map((plugin) => plugin.report()),
    };
    const { library } = engine;
    if (library === undefined) return report;
    const { mode, reason } = ahead.aot;
    return {
      ...report,
      library: { path: library.path, version: library.version },
      aot: { mode, reason, guests: ahead.executions.list },
    };
  }

  [Symbol.dispose](): void {
    const { state, resources } = this.#parts;
    if (!state.disposed) {
      state.disposed = true;
      state.whenIdle(() => resources[Symbol.dispose]());
    }
  }

  /** Uses a guest in one call from the host: what is refused is refused before anything was begun. */
  #use<Result>(source: GuestSource, use: (guest: PreparedGuest, programName: string) => Result): Result {
    const { state, engine } = this.#parts;
    if (state.disposed) {
      refuseDisposed('The runtime');
    }
    refuseLowStack();
    return state.hold(() => {
      const { label, programName, code } = openGuest(source, engine.guests);
      try {
        const guest = { label, code, imports: this.#plan({ label, code }) };
        state.refuseLateGuest(label);
        return use(guest, programName);
      } finally {
        code.letGo();
      }
    });
  }

  /** Who serves the imports. Of a guest that is not valid only that is told. */
  #plan(guest: OpenGuestCode): ImportPlan {
    const { imports, engine } = this.#parts;
    try {
      return imports.plan(guest.label, guest.code.reading);
    } catch (error) {
      engine.refuseInvalid(guest);
      throw error;
    }
  }

  #instantiateLibrary<Exports = unknown>(
    guest: PreparedGuest,
    name?: string,
    declared?: Readonly<Record<string, Signature>>,
  ): GuestInstance<Exports> {
    const { imports } = this.#parts;
    const engineInstance = this.#instantiate(guest, name);
    const instance = new GuestInstance<Exports>(guest.label, engineInstance, () => {
      if (name !== undefined) {
        imports.removeGuest(name, engineInstance);
      }
    });
    try {
      if (declared !== undefined) instance.requireSignatures(declared);
      if (exportNamed(engineInstance.types, '_initialize')?.kind === 'function') {
        engineInstance.functions.get('_initialize')?.();
      }
    } catch (error) {
      instance[Symbol.dispose]();
      throw error;
    }
    if (name !== undefined) {
      imports.addGuest(name, engineInstance);
    }
    return instance;
  }

  #instantiate(guest: PreparedGuest, name: string | undefined): EngineInstance {
    return this.#parts.engine.instantiate(guest, name);
  }
}

function refuseTimeout(): never {
  throw new UnsupportedByEngineError(
    "run({ timeoutMs }) cannot be enforced on engine v8 in this thread, where nothing can stop a running guest and keep the thread; use placement 'worker' or 'process', or engine 'wasmedge'.",
  );
}

function describeFunctions(instance: EngineInstance): string {
  const names = [...instance.functions.keys()].slice(0, 8);
  return names.length === 0
    ? 'nothing: it exports no function'
    : `one of its exports: ${names.map(shownName).join(', ')}`;
}
