export { processModuleName, processPluginName, processSignatures } from './abi.js';
export { CommandNotAllowedError } from './errors/command-not-allowed-error.js';
export { CommandNotStartedError } from './errors/command-not-started-error.js';
export { ProcessLimitError } from './errors/process-limit-error.js';
export type { CommandRules, ProcessPluginOptions } from './options.js';
export { processPlugin } from './plugin.js';
