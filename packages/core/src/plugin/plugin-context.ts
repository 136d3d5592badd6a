import type { BlockingCaller } from '../blocking/blocking-caller.js';
import type { Logger } from '../logger/logger.js';

/** What a runtime gives to an embedded plug-in when it creates it. */
export interface PluginContext {
  /** Runs asynchronous work while a synchronous import waits. Started at first use, ended with the runtime. */
  readonly blocking: BlockingCaller;
  /** Where the plug-in may say something; never on stdout. */
  readonly logger: Logger;
}
