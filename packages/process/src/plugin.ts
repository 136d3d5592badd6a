import { type DefinedPlugin, definePlugin } from '@wasmedge-plugins/core';
import { processModuleName, processPluginName } from './abi.js';
import { processHostModule } from './embedded/host-functions.js';
import { ProcessSession } from './embedded/process-session.js';
import { commandOptions, type ProcessPluginOptions } from './options.js';
import { processReleases } from './platforms.js';

const nativeWarning =
  'The native process plug-in counts time-outs in whole seconds up to WasmEdge 0.14.1, ends only the direct child, may block forever or crash this process when a command does not read its stdin, reports death by signal as exit code 0, and passes every variable that a guest sets.';

/**
 * The process plug-in: guests start commands on the host. Only commands that are allowed by name may run.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [processPlugin({ allowCommands: ['git'] })] })
 */
export const processPlugin: DefinedPlugin<ProcessPluginOptions> = definePlugin({
  name: processPluginName,
  moduleNames: [processModuleName],
  exportedAs: { package: '@wasmedge-plugins/process', from: import.meta.url, export: 'processPlugin' },
  options: commandOptions,
  releases: processReleases,
  native: {
    fileName: 'wasmedgePluginWasmEdgeProcess',
    warning: nativeWarning,
    options: ({ allowCommands, allowAllCommands }) => ({
      'allow-command': allowCommands,
      'allow-command-all': allowAllCommands,
    }),
  },
  check: ({ allowEnv }, { provider }) =>
    provider === 'native' && Array.isArray(allowEnv)
      ? "the native plug-in passes every variable that a guest sets; set allowEnv: 'all' if that is intended, or provider: 'embedded'."
      : undefined,
  create: (rules, { blocking, perInstance }) => ({
    modules: [processHostModule(perInstance(() => new ProcessSession(rules, blocking)))],
  }),
});
