import { ggml } from './plugin.js';

export { describeModel } from './describe-model.js';

/** The GGML plug-in in `wasmedge-plugins run`. */
export const commandLine = ggml.commandLine;
