export type { AssetName } from './availability/asset-names.js';
export { findReleasedPlugin, pluginReleases } from './availability/find-released-plugin.js';
export { type Libc, type Machine, type MachineSource, readMachine } from './availability/machine.js';
export {
  type AvailabilityQuery,
  type PluginAvailability,
  pluginAvailability,
} from './availability/plugin-availability.js';
export type {
  AssetBuild,
  GuestCrate,
  ReleasedPlatform,
  ReleasedPlugin,
  WasiNnBackend,
} from './availability/released-plugin.js';
export { newestKnownVersion, releasedPlugins } from './availability/releases.js';
export { compareVersions, isVersion } from './availability/versions.js';
export type { BlockingCaller, BlockingCallOptions, BlockingTask } from './blocking/blocking-caller.js';
export { createBlockingCaller } from './blocking/create-blocking-caller.js';
export { BlockingCallError } from './errors/blocking-call-error.js';
export { BlockingTimeoutError } from './errors/blocking-timeout-error.js';
export { CostLimitError } from './errors/cost-limit-error.js';
export { DisposedError } from './errors/disposed-error.js';
export { DuplicateNameError } from './errors/duplicate-name-error.js';
export { ExportMismatchError } from './errors/export-mismatch-error.js';
export { GuestExitError } from './errors/guest-exit-error.js';
export { GuestNotFoundError } from './errors/guest-not-found-error.js';
export { GuestTimeoutError } from './errors/guest-timeout-error.js';
export { GuestTrapError, type TrapKind } from './errors/guest-trap-error.js';
export { HostFunctionResultError } from './errors/host-function-result-error.js';
export { ImportMismatchError } from './errors/import-mismatch-error.js';
export { InvalidArgumentError } from './errors/invalid-argument-error.js';
export { InvalidGuestError } from './errors/invalid-guest-error.js';
export { LibraryNotFoundError } from './errors/library-not-found-error.js';
export { LibraryVersionError } from './errors/library-version-error.js';
export { LimitsUnavailableError } from './errors/limits-unavailable-error.js';
export { MemoryLimitError } from './errors/memory-limit-error.js';
export { MemoryRangeError } from './errors/memory-range-error.js';
export { MissingImportError } from './errors/missing-import-error.js';
export { NativePluginArchitectureError } from './errors/native-plugin-architecture-error.js';
export { NativePluginBackendTakenError } from './errors/native-plugin-backend-taken-error.js';
export { NativePluginDependencyError } from './errors/native-plugin-dependency-error.js';
export { NativePluginInvalidError } from './errors/native-plugin-invalid-error.js';
export { NativePluginLoadError } from './errors/native-plugin-load-error.js';
export { NativePluginNameTakenError } from './errors/native-plugin-name-taken-error.js';
export { NativePluginNotFoundError } from './errors/native-plugin-not-found-error.js';
export { NativePluginUnverifiedError } from './errors/native-plugin-unverified-error.js';
export { NativePluginVersionError } from './errors/native-plugin-version-error.js';
export { NoMemoryError } from './errors/no-memory-error.js';
export { PluginLockError } from './errors/plugin-lock-error.js';
export { printable, printableName } from './errors/printable.js';
export { UnknownExportError } from './errors/unknown-export-error.js';
export { UnsupportedByEngineError } from './errors/unsupported-by-engine-error.js';
export { hasErrorCode, WasmEdgePluginsError } from './errors/wasmedge-plugins-error.js';
export {
  type Caller,
  type HostFunction,
  type HostModule,
  hostFunction,
  hostModule,
  type TraceHints,
} from './host-module/host-module.js';
export { type FunctionOf, formatSignature, type Signature, signature } from './host-module/signature.js';
export type {
  FunctionReference,
  GuestValue,
  ParametersOf,
  ResultOf,
  ValueOf,
  ValueType,
} from './host-module/value-types.js';
export { GuestMemory } from './memory/guest-memory.js';
export type { GuestPointer } from './memory/guest-pointer.js';
export type { GuestView } from './memory/guest-view.js';
export type { MemorySource } from './memory/memory-source.js';
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
  type DefinedPlugin,
  definePlugin,
  type PluginDefinition,
  type ProviderOptions,
} from './plugin/define-plugin.js';
export { type KnownPlugin, knownPluginForModule, knownPlugins } from './plugin/known-plugins.js';
export type { NativeGuard, NativeModule, NativeModuleCalls } from './plugin/native-guard.js';
export {
  type NativeOptionValues,
  type NativePluginOptions,
  nativePlugin,
} from './plugin/native-plugin.js';
export {
  combinePlugins,
  type NativeOptionValue,
  type NativePluginRequest,
  type Plugin,
  type PluginContext,
  type PluginInstance,
  type ProviderName,
} from './plugin/plugin.js';
export type {
  PluginCommandLine,
  PluginCommandLineOption,
  PluginCommandLineValue,
  PluginLibrary,
} from './plugin/plugin-command-line.js';
export type {
  PluginOptionDefinition,
  PluginOptionDefinitions,
  PluginOptionInputs,
  PluginOptionValue,
  PluginOptionValues,
} from './plugin/plugin-option.js';
export type { PluginRelease } from './plugin/plugin-release.js';
export type { SocketPolicy } from './plugin/socket-policy.js';
export { pluginFileName } from './plugin-file/plugin-places.js';
export type { NativePluginTrust } from './plugin-trust/trust-options.js';
export type { Voucher } from './plugin-trust/verify-plugin.js';
export { createRuntime } from './runtime/create-runtime.js';
export type { DeclaredExports, GuestExports, GuestFunction } from './runtime/guest-exports.js';
export { defaultLogger, type Logger, type LogLevel } from './runtime/logger.js';
export {
  type NativeFunctions,
  type NativeFunctionsOptions,
  nativeFunctions,
} from './runtime/native-functions.js';
export type {
  GuestGlobal,
  GuestSource,
  GuestTable,
  Instance,
  InstantiateOptions,
  Runtime,
} from './runtime/runtime.js';
export type { EngineName, Limits, RuntimeOptions } from './runtime/runtime-options.js';
export type { PluginReport, RuntimeReport } from './runtime/runtime-report.js';
export { type TraceEvent, type TraceSink, traceChannelName } from './trace/trace-event.js';
export { formatTraceEvent } from './trace/trace-sink.js';
export type { WasiInput, WasiOptions, WasiOutput } from './wasi/wasi-options.js';
