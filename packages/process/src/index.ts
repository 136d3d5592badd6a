export { processModuleName, processPluginName, processSignatures } from './abi.js';
export { type CommandResult, createProcessClient, type ProcessClient } from './client.js';
export type { RunOptions } from './client-inputs.js';
export { CommandNotAllowedError } from './errors/command-not-allowed-error.js';
export { CommandNotStartedError } from './errors/command-not-started-error.js';
export { ProcessLimitError } from './errors/process-limit-error.js';
export type { CommandRules, ProcessPluginOptions } from './options.js';
export { processReleases } from './platforms.js';
export { processPlugin } from './plugin.js';
