import { pytorch } from './plugin.js';

/** The PyTorch plug-in in `wasmedge-plugins run`. */
export const commandLine = pytorch.commandLine;
export { describeModel } from './describe-model.js';
