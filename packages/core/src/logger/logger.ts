import { printable } from '../errors/printable.js';

/** How much a log line matters. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Receives messages from libraries and plug-ins. */
export type Logger = (level: LogLevel, message: string) => void;

/** The default: warnings and errors go to stderr, the rest nowhere. Control characters in them are escaped. Nothing ever goes to stdout. */
export const defaultLogger: Logger = (level, message) => {
  if (level === 'warn' || level === 'error') {
    process.stderr.write(`[wasmedge-plugins] ${level}: ${printable(message)}\n`);
  }
};
