import type { Logger, LogLevel } from '@wasmedge-plugins/core';
import { inFlags } from '../output/in-flags.js';
import { printAside } from '../output/print.js';

const always: readonly LogLevel[] = ['warn', 'error'];
const verbose: readonly LogLevel[] = [...always, 'info'];

/** Tells of a run on stderr, in the words of the command line; for `--verbose` also why a guest was given an error code. */
export function runLogger(isVerbose: boolean): Logger {
  const levels = isVerbose ? verbose : always;
  return (level, message) => {
    if (levels.includes(level)) printAside(`[wasmedge-plugins] ${level}: ${inFlags(message)}\n`);
  };
}
