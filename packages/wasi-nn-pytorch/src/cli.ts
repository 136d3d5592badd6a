import { pytorch } from './plugin.js';

/** The PyTorch plug-in in `wasmedge-plugins run`. */
export const commandLine = pytorch.commandLine;
