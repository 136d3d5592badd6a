import type { CompilingLibrary } from '../aot/code-key.js';
import { createBlockingCaller } from '../blocking/create-blocking-caller.js';
import { withDeadline } from '../blocking/with-deadline.js';
import { CallState } from '../engines/call-state.js';
import type { Engine } from '../engines/engine.js';
import { codeFormFor } from '../engines/wasmedge/aot/code-form.js';
import type { CompiledCodeUse } from '../engines/wasmedge/aot/compiled-code.js';
import type { HostModule } from '../host-module/host-module.js';
import { refuseAsyncFunctions } from '../host-module/refuse-async-functions.js';
import { defaultLogger } from '../logger/logger.js';
import { largestMemory } from '../module-types/external-types.js';
import type { SocketPolicy } from '../plugin/socket-policy.js';
import { readTrust } from '../plugin-trust/trust.js';
import { prepareImport } from '../prepare-import.js';
import { traceHostModule } from '../trace/trace-host-module.js';
import { resolveTraceSink } from '../trace/trace-sink.js';
import { withoutWasi } from '../wasi/without-wasi.js';
import { addPlugin } from './add-plugin.js';
import { checkRuntimeOptions } from './check-options.js';
import { chooseAot } from './choose-aot.js';
import { chooseEngine } from './choose-engine.js';
import { combineByName } from './combine-plugins.js';
import { GuestExecutions } from './guest-executions.js';
import { GuestRuntime } from './guest-runtime.js';
import { RuntimeHostObjects } from './host-objects.js';
import { ImportTable } from './import-table.js';
import { rememberNativePlugins } from './native-plugins-of.js';
import { openEngine } from './open-engine.js';
import { ResourceList } from './resource-list.js';
import type { Runtime } from './runtime.js';
import type { RuntimeOptions } from './runtime-options.js';

/**
 * Makes a runtime: one engine with one set of plug-ins.
 *
 * @throws {InvalidArgumentError} for an option of the wrong type.
 * @throws {LibraryNotFoundError} when engine `wasmedge` is asked for and no libwasmedge is found.
 * @throws {LibraryVersionError} when the libwasmedge has a version that is not supported.
 * @throws {CallbackSlotsError} when too many threads of the process already hold the callback slots that engine `wasmedge` needs in each.
 * @throws {LimitsUnavailableError} when the thread that enforces limits on engine `wasmedge` cannot be started.
 * @throws {PluginLockError} when the lock file of `nativePlugins` cannot be read.
 * @throws {DuplicateNameError} when two plug-ins or host modules have the same name.
 * @throws {UnsupportedByEngineError} when the chosen engine cannot do what another option asks for.
 * @throws {UnsupportedByPlacementError} for an `async` host function, for which a guest in this thread cannot wait.
 * @throws a `NativePlugin…Error` when a native plug-in is not found, not trusted, or does not load; and what a plug-in's `create` throws.
 */
export async function createInlineRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  return createRuntimeWith(options, undefined);
}

/** What is known about a runtime's guests before the runtime is made. */
export interface GuestNeeds {
  /** Whether any of them imports WASI. Default: `true`. */
  readonly needsWasi?: boolean;
}

// What most programs never need, or only when a runtime is made, is loaded then.
let wasiModule: typeof import('../wasi/create-wasi.js') | undefined;
let aheadModule: typeof import('../aot/code-supply.js') | undefined;

async function importWasi() {
  prepareImport();
  wasiModule = await import('../wasi/create-wasi.js');
  return wasiModule;
}

async function importAhead() {
  prepareImport();
  aheadModule = await import('../aot/code-supply.js');
  return aheadModule;
}

/**
 * {@link createInlineRuntime}, where guests of engine `wasmedge` run as compiled code if somebody has it.
 *
 * @throws {UnsafeAotError} when compiled code would endanger this process.
 * @throws {UnsupportedByEngineError} also for a limit that cannot be enforced on compiled code here.
 * @throws the other errors of {@link createInlineRuntime}.
 */
export async function createRuntimeWith(
  options: RuntimeOptions,
  compiledCode: CompiledCodeUse | undefined,
  { needsWasi = true }: GuestNeeds = {},
): Promise<GuestRuntime> {
  checkRuntimeOptions(options);
  const { engine: engineName, reason } = chooseEngine(options);
  const aot = chooseAot(options, engineName, 'inline');
  const logger = options.logger ?? defaultLogger;
  const trust = readTrust(options.nativePlugins);
  const state = new CallState(options.limits?.timeoutMs);
  const resources = new ResourceList();
  try {
    const sockets: SocketPolicy[] = [];
    const wasi = resources.use(
      needsWasi
        ? (wasiModule ?? (await importWasi())).createWasi(options.wasi, state.remainingMs, sockets)
        : withoutWasi,
    );
    const blocking = resources.use(withDeadline(createBlockingCaller(), state.remainingMs));
    const executions = new GuestExecutions();
    const ahead = engineName === 'wasmedge' ? (aheadModule ?? (await importAhead())) : undefined;
    const supply =
      ahead && new ahead.CodeSupply({ ...aot, logger, library: () => engine.library as CompilingLibrary });
    let ownCode: CompiledCodeUse | undefined;
    if (ahead !== undefined && supply !== undefined && aot.mode === 'inline') {
      resources.use(supply.use());
      const source = ahead.supplySource(supply);
      ownCode = { source, isExpendable: false, onExecution: (each) => executions.note(each) };
    }
    const engine: Engine = resources.use(
      await openEngine(engineName, options, state, trust, logger, compiledCode ?? ownCode),
    );
    const imports = new ImportTable();
    const hostObjects = new RuntimeHostObjects(engine, options.limits?.memoryPages ?? largestMemory(false));
    const sink = resolveTraceSink(options.trace);
    const traced = (module: HostModule) => (sink === undefined ? module : traceHostModule(module, sink));
    const { perInstance } = state.instanceStates;
    const provide = (module: HostModule) => {
      imports.refuseTaken(module.name, 'host module');
      imports.addHostModule(traced(module), hostObjects.make(module));
    };
    const target = {
      engine,
      context: {
        blocking,
        logger,
        perInstance,
        writeStdout: (bytes: Uint8Array) => wasi.writeStdout(bytes),
      },
      imports,
      resources,
      sockets,
      provide,
    };
    const plugins = combineByName(options.plugins ?? []).map((plugin) => addPlugin(plugin, target));
    // Before the plug-ins, which come before the engine.
    resources.use(state.instanceStates);
    for (const module of options.hostModules ?? []) {
      refuseAsyncFunctions(module);
      provide(module);
    }
    imports.addLazyHostModule(wasi.moduleName, () => traced(wasi.module));
    const runtime = new GuestRuntime({
      engine,
      engineReason: reason,
      state,
      imports,
      hostObjects,
      wasi,
      plugins,
      ahead: { aot, supply, executions, form: codeFormFor(options.limits ?? {}) },
      resources,
    });
    rememberNativePlugins(
      runtime,
      plugins.flatMap(({ native }) => native ?? []),
    );
    return runtime;
  } catch (error) {
    resources[Symbol.dispose]();
    throw error;
  }
}
