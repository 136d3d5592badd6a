import { kserve } from './plugin.js';

/** The plug-in on inference servers in `wasmedge-plugins run`. */
export const commandLine = kserve.commandLine;
