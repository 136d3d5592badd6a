export type { CompilationOptions, CompileAheadOptions, CompiledAhead } from './aot/ahead-options.js';
export type { AotCacheOptions } from './aot/aot-cache.js';
export type { CompilingLibrary } from './aot/code-key.js';
export type { CompilePhase, CompileProgress } from './aot/compile-phase.js';
export type { OptimizationLevel } from './aot/optimization-level.js';
export type { AssetName } from './availability/asset-names.js';
export { type Libc, type Machine, type MachineSource, readMachine } from './availability/machine.js';
export {
  type AvailabilityQuery,
  type PluginAvailability,
  pluginAvailability,
} from './availability/plugin-availability.js';
export type { ReleasedPlatform, ReleasedPlugin } from './availability/released-plugin.js';
export { pluginReleases, releasedPlugins } from './availability/releases.js';
export { isVersion } from './availability/versions.js';
export type { BlockingCaller, BlockingCallOptions, BlockingTask } from './blocking/blocking-caller.js';
export { createBlockingCaller } from './blocking/create-blocking-caller.js';
export { onAbort } from './control/on-abort.js';
export type { EngineName } from './engines/engine.js';
export type { CodeForm, GuestExecution } from './engines/wasmedge/aot/compiled-code.js';
export { AotCacheError, GuestCompileError, type GuestCompileFailure } from './errors/aot-errors.js';
export {
  CostLimitError,
  GuestAbortError,
  GuestExitError,
  GuestNotFoundError,
  GuestTimeoutError,
  GuestTrapError,
  InvalidGuestError,
  MemoryLimitError,
  type TrapKind,
} from './errors/guest-errors.js';
export {
  BlockingCallError,
  BlockingTimeoutError,
  HostFunctionResultError,
  MemoryRangeError,
  NoMemoryError,
} from './errors/host-function-errors.js';
export { CallbackSlotsError, LibraryNotFoundError, LibraryVersionError } from './errors/library-errors.js';
export {
  ExportMismatchError,
  ImportMismatchError,
  MissingImportError,
  UnknownExportError,
} from './errors/link-errors.js';
export {
  NativePluginArchitectureError,
  NativePluginBackendTakenError,
  NativePluginDependencyError,
  NativePluginInvalidError,
  NativePluginLoadError,
  NativePluginNameTakenError,
  NativePluginNotFoundError,
  NativePluginUnverifiedError,
  NativePluginVersionError,
  PluginLockError,
} from './errors/native-plugin-errors.js';
export {
  CannotCrossError,
  type CrashDetails,
  GuestCrashError,
  GuestStreamError,
  type GuestStreamName,
  InstanceLostError,
  type RunningCall,
  UnsupportedByPlacementError,
} from './errors/placement-errors.js';
export { type PoolBusyDetails, PoolBusyError } from './errors/pool-errors.js';
export { printable, printableName } from './errors/printable.js';
export {
  DisposedError,
  DuplicateNameError,
  InvalidArgumentError,
  LimitsUnavailableError,
  UnsafeAotError,
  UnsupportedByEngineError,
} from './errors/runtime-errors.js';
export { hasErrorCode, WasmEdgePluginsError } from './errors/wasmedge-plugins-error.js';
export { absolutePath } from './files/absolute-path.js';
export { isRunning } from './files/is-running.js';
export { makeFolders } from './files/make-folders.js';
export { type FileBounds, readBoundedFile, readBoundedFileLater } from './files/read-bounded-file.js';
export { removeLeftFolders } from './files/remove-left-folders.js';
export type { Caller } from './host-module/caller.js';
export {
  type HostGlobal,
  type HostGlobalOptions,
  type HostGlobalStart,
  hostGlobal,
} from './host-module/host-global.js';
export type { HostGlobalAccess } from './host-module/host-global-access.js';
export { type HostMemory, type HostMemoryOptions, hostMemory } from './host-module/host-memory.js';
export {
  type CallerFunctionOptions,
  type HostCall,
  type HostFunction,
  type HostFunctionOptions,
  type HostItems,
  type HostModule,
  type HostModuleOptions,
  hostFunction,
  hostModule,
  type TraceHints,
} from './host-module/host-module.js';
export type {
  HostObject,
  HostObjectAccess,
  HostObjects,
  ReachableHostObject,
} from './host-module/host-object.js';
export { type HostTable, type HostTableOptions, hostTable } from './host-module/host-table.js';
export { type HostTag, hostTag } from './host-module/host-tag.js';
export {
  type Abi,
  type ErrnoAbi,
  type ErrnoImplementation,
  type ErrnoRule,
  type Implementation,
  type ImplementErrnoOptions,
  type Implemented,
  type ImplementOptions,
  implement,
  implementWithErrno,
} from './host-module/implement.js';
export type { WaitingCall, WaitingCaller } from './host-module/waiting-caller.js';
export type { CopyingMethod, PromisedCopies, WaitingMemory } from './host-module/waiting-memory.js';
export type { Limits } from './limits/limits.js';
export { defaultLogger, type Logger, type LogLevel } from './logger/logger.js';
export { GuestMemory } from './memory/guest-memory.js';
export type { GuestPointer } from './memory/guest-pointer.js';
export type { GuestView } from './memory/guest-view.js';
export type { MemoryLife, MemorySource } from './memory/memory-source.js';
export type { FunctionType, GlobalType, TableType } from './module-types/external-types.js';
export {
  type ExternalType,
  type MemoryType,
  type ModuleExport,
  type ModuleImport,
  type ModuleTypes,
  readModuleTypes,
} from './module-types/module-types.js';
export { findWasmEdge, type WasmEdgeInstallation } from './native/find-wasmedge.js';
export { hideDescriptors } from './native/hide-descriptors.js';
export { checkOptionNames } from './options/check-option-names.js';
export { isTable } from './options/is-table.js';
export {
  createRuntime,
  type InlineRuntimeOptions,
  type PlacedRuntimeOptions,
} from './placements/create-runtime.js';
export type { CallOptions, RepeatableCallOptions } from './placements/interface/call-options.js';
export type { ChildOptions } from './placements/interface/child-options.js';
export type { MemberTask } from './placements/interface/member-task.js';
export type {
  DeclaredPlacedExports,
  PlacedArguments,
  PlacedFunctionOf,
  PlacedGuestExports,
  PlacedGuestFunction,
  PlacedGuestResult,
  PlacedResult,
} from './placements/interface/placed-exports.js';
export type {
  PlacedHostGlobal,
  PlacedHostMemory,
  PlacedHostObject,
  PlacedHostObjectAccess,
  PlacedHostWriteOptions,
  PlacedValueType,
} from './placements/interface/placed-host-object.js';
export type { PlacedRunOptions } from './placements/interface/placed-run-options.js';
export type {
  PlacedGlobal,
  PlacedInstance,
  PlacedMemoryOptions,
  PlacedRuntime,
  PlacedWriteOptions,
  PlacementName,
} from './placements/interface/placed-runtime.js';
export type { OutputFunction, PlacedInput, PlacedOutput } from './placements/interface/placed-streams.js';
export { createPool } from './placements/pool/create-pool.js';
export type {
  Pool,
  PoolCallArguments,
  PoolCallName,
  PoolCallResult,
  PoolLease,
  PoolPreparation,
  PoolStatus,
  PreparationTask,
} from './placements/pool/pool.js';
export {
  type PoolEndedEvent,
  type PoolEvent,
  type PoolMemberEnd,
  type PoolMemberEndedEvent,
  type PoolMemberFailedEvent,
  type PoolMemberStartedEvent,
  type PoolQueuedEvent,
  type PoolRefusedEvent,
  type PoolStartedEvent,
  type PoolUse,
  poolChannelName,
} from './placements/pool/pool-event.js';
export type {
  PoolCallOptions,
  PoolGuestOptions,
  PoolLeaseOptions,
  PoolOptions,
  PoolUseOptions,
} from './placements/pool/pool-options.js';
export type { PoolRunOptions, PoolRunResult } from './placements/pool/pool-run.js';
export { definePlugin } from './plugin/define-plugin.js';
export type { NativeGuard, NativeModule, NativeModuleCalls } from './plugin/native-guard.js';
export {
  type NativeOptionValues,
  type NativePluginOptions,
  nativePlugin,
} from './plugin/native-plugin.js';
export { type PackedPlugins, type PluginSet, packPlugins } from './plugin/pack-plugins.js';
export {
  combinePlugins,
  type NativeOptionValue,
  type NativePluginRequest,
  type Plugin,
  type PluginInstance,
  type ProviderName,
} from './plugin/plugin.js';
export type {
  PluginCommandLine,
  PluginCommandLineOption,
  PluginCommandLineValue,
  PluginLibrary,
  PluginServer,
} from './plugin/plugin-command-line.js';
export type { PluginContext } from './plugin/plugin-context.js';
export type {
  ChosenOptions,
  DefinedPlugin,
  NativeDefinition,
  PluginDefinition,
  ProviderChoice,
  ProviderOptions,
} from './plugin/plugin-definition.js';
export {
  type AnyFunction,
  type ChoiceOption,
  type CustomOption,
  type FunctionOption,
  functionOption,
  type GivenFunction,
  type IntegerOption,
  type NumberOption,
  type OptionBase,
  type OptionDefinitionsOf,
  type OptionOfType,
  type OptionReading,
  type OptionWithDefault,
  type PluginOptionDefinition,
  type PluginOptionDefinitions,
  type PluginOptionFlag,
  type PluginOptionInput,
  type PluginOptionInputs,
  type PluginOptionValue,
  type PluginOptionValues,
  type PresentValue,
  type ReadOption,
  type TextListOption,
  type TextOption,
  type TypedOption,
  type ValueOfType,
} from './plugin/plugin-option.js';
export type { PluginRelease } from './plugin/plugin-release.js';
export { readOptions } from './plugin/read-options.js';
export type { SocketPolicy } from './plugin/socket-policy.js';
export { unpackPlugins } from './plugin/unpack-plugins.js';
export { pluginFileName } from './plugin-file/plugin-places.js';
export type { NativePluginTrust } from './plugin-trust/trust-options.js';
export type { VerificationMethod } from './plugin-trust/verify-plugin.js';
export { copyOptions } from './recipe/copy-options.js';
export type { ExportedAs, ExportReference, PackageExport } from './recipe/exported-as.js';
export type { PackedRecipe } from './recipe/packed-recipe.js';
export type { PackedLeaf, PackedValue } from './recipe/packed-value.js';
export { type Recipe, type WithRecipe, withRecipe } from './recipe/recipe.js';
export { findPluginPackage } from './register/find-plugin-package.js';
export { type KnownPlugin, knownPlugins } from './register/known-plugins.js';
export { type PluginPackage, packagesNeeding, pluginPackages } from './register/plugin-packages.js';
export type { BackendName, EncodingName, PluginName } from './register/register.js';
export type { AssetBuild, GuestCrate, NativeRelease, ReleasePlatform } from './register/register-entry.js';
export type { AotMode, AotOptions } from './runtime/aot-options.js';
export { compileAhead } from './runtime/compile-ahead.js';
export { compileGuest } from './runtime/compile-guest.js';
export {
  type CachedCode,
  type CompiledCodeCache,
  compiledCodeCache,
} from './runtime/compiled-code-cache.js';
export type { CompiledGuest } from './runtime/compiled-guest.js';

export type {
  DeclaredExports,
  GuestExports,
  GuestFunction,
} from './runtime/guest-exports.js';
export {
  type NativeFunctions,
  type NativeFunctionsOptions,
  nativeFunctions,
} from './runtime/native-functions.js';
export type { RunOptions } from './runtime/run-options.js';
export type { GuestSource, Instance, InstantiateOptions, Runtime } from './runtime/runtime.js';
export type { CompileGuestOptions, RuntimeOptions } from './runtime/runtime-options.js';
export type { AotReport, ChildReport, PluginReport, RuntimeReport } from './runtime/runtime-report.js';
export { type TraceEvent, type TraceSink, traceChannelName } from './trace/trace-event.js';
export { formatTraceEvent } from './trace/trace-sink.js';
export type { GuestGlobal } from './values/guest-global.js';
export type { GuestTable } from './values/guest-table.js';
export { refuseLostBytes } from './values/lost-bytes.js';
export { type FunctionOf, formatSignature, type Signature, signature } from './values/signature.js';
export type {
  FunctionReference,
  GuestResult,
  GuestResultValue,
  GuestValue,
  ParametersOf,
  ResultAtOnce,
  ResultOf,
  ValueOf,
  ValueType,
} from './values/value-types.js';
export type { InputSource, OutputSink } from './wasi/endpoints.js';
export type { WasiInput, WasiOptions, WasiOutput } from './wasi/wasi-options.js';
