import { checkOptionNames, InvalidArgumentError, type Plugin } from '@wasmedge-plugins/core';
import { processModuleName, processPluginName } from './abi.js';
import { processHostModule } from './embedded/host-functions.js';
import { ProcessSession } from './embedded/process-session.js';
import { checkRules, type ProcessPluginOptions, ruleNames } from './options.js';

const nativeWarning =
  'The native process plug-in counts time-outs in whole seconds up to WasmEdge 0.14.1, ends the direct child only, may block for ever or end this process when a command does not read its stdin, reports death by signal as exit code 0, and passes every variable that a guest sets.';

/**
 * The process plug-in: guests start commands of the host. No command may run that is not allowed by name.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [processPlugin({ allowCommands: ['git'] })] })
 */
export function processPlugin(options: ProcessPluginOptions = {}): Plugin {
  checkOptionNames<ProcessPluginOptions>('processPlugin()', options, {
    ...ruleNames,
    provider: true,
    nativePath: true,
  });
  const rules = checkRules(options, 'processPlugin');
  const { provider = 'embedded', nativePath } = options;
  if (provider !== 'embedded' && provider !== 'native') {
    throw new InvalidArgumentError(
      `processPlugin(): provider must be 'embedded' or 'native', not ${String(provider)}.`,
    );
  }
  if (nativePath !== undefined && (typeof nativePath !== 'string' || nativePath === '')) {
    throw new InvalidArgumentError('processPlugin(): nativePath must be the path of a file.');
  }
  if (provider === 'native' && Array.isArray(rules.allowEnv)) {
    throw new InvalidArgumentError(
      "processPlugin(): the native plug-in passes every variable that a guest sets; set allowEnv: 'all' if that is intended, or provider: 'embedded'.",
    );
  }
  return {
    name: processPluginName,
    provider,
    moduleNames: [processModuleName],
    create: ({ blocking }) => ({ modules: [processHostModule(() => new ProcessSession(rules, blocking))] }),
    native: {
      fileName: 'wasmedgePluginWasmEdgeProcess',
      path: nativePath,
      options: { 'allow-command': rules.allowCommands, 'allow-command-all': rules.allowAllCommands },
      warning: nativeWarning,
    },
  };
}
