export { processModuleName, processPluginName, processSignatures } from './abi.js';
export {
  type CommandResult,
  createProcessClient,
  type ProcessClient,
} from './client/create-process-client.js';
export type { RunOptions } from './client/run-options.js';
export { CommandNotAllowedError, CommandNotStartedError, ProcessLimitError } from './errors.js';
export type { CommandRules, ProcessPluginOptions } from './options.js';
export { processReleases } from './platforms.js';
export { processPlugin } from './plugin.js';
