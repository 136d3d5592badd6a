import type { Logger } from '@wasmedge-plugins/core';
import { inFlags } from '../output/in-flags.js';
import { printAside } from '../output/print.js';

/** Tells also why a guest was given an error code, for `--verbose`. */
export const verboseLogger: Logger = (level, message) => {
  if (level !== 'debug') printAside(`[wasmedge-plugins] ${level}: ${inFlags(message)}\n`);
};
