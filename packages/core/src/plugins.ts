export {
  type FindNativePluginOptions,
  findNativePluginFiles,
} from './native/plugins/find-native-plugin-files.js';
export { generateDeclarations } from './plugin-description/generate-declarations.js';
export type {
  PluginDescription,
  PluginFunctionDescription,
  PluginModuleDescription,
  PluginOptionDescription,
  PluginOptionType,
} from './plugin-description/plugin-description.js';
export { pluginApiVersion } from './plugin-file/api-version.js';
export type { BinaryFormat } from './plugin-file/binary-file.js';
export { type FindPluginsOptions, type FoundPlugin, findPlugins } from './plugin-file/find-plugins.js';
export {
  type InspectOptions,
  inspectPluginFile,
  type PluginInspection,
} from './plugin-file/inspect-plugin-file.js';
export type { NeededLibrary } from './plugin-file/needed-libraries.js';
export {
  type PluginHost,
  type PluginPlace,
  pluginFileName,
  pluginPlaces,
  pluginSuffix,
} from './plugin-file/plugin-places.js';
export { pluginProblems, type TargetLibrary } from './plugin-file/plugin-problems.js';
export { lockEntries } from './plugin-trust/lock-entry.js';
export {
  addToLock,
  formatLock,
  type LockedFile,
  lockFileName,
  type PluginLock,
  readLockFile,
  writeLockFile,
} from './plugin-trust/lock-file.js';
export type { NativePluginTrust } from './plugin-trust/trust-options.js';
export {
  type PluginVerification,
  type VerificationMethod,
  verifyPluginFile,
} from './plugin-trust/verify-plugin.js';
export {
  type DescribePluginOptions,
  describePlugin,
  describePluginFile,
} from './runtime/describe-plugin.js';
