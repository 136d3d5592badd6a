import { printable } from '@wasmedge-plugins/core/run';
import { type Colours, coloured } from './colours.js';
import { formatError } from './format-error.js';
import { hasColours, paint } from './paint.js';
import { safeJson, toJson } from './to-json.js';

// Everything that this command itself says goes through here, since names, paths and messages come from files, guests, servers and
// variables: nothing in them reaches a terminal as it is. What a guest writes is the guest's, and does not come by.

/** Prints to stdout. */
export function print(text: string): void {
  write(printable(text));
}

/** Prints a report to stdout, in colours on a terminal. */
export function printReport(text: string, colours: Colours): void {
  write(hasColours(process.stdout) ? coloured(printable(text), colours) : printable(text));
}

/** Prints to stderr. */
export function printAside(text: string): void {
  process.stderr.write(printable(text));
}

/** Prints a value to stdout as JSON. */
export function printJson(value: unknown): void {
  write(toJson(value));
}

/** Prints JSON to stdout that somebody else has written. */
export function printJsonText(text: string): void {
  write(safeJson(text));
}

/** Prints an error to stderr, with its causes or its stack. */
export function printError(error: unknown, withStack: boolean): void {
  const text = formatError(error, withStack);
  process.stderr.write(`${paint(process.stderr, 'red', 'error:')} ${printable(text)}`);
}

/** Prints what commander says of a wrong command line, which begins with `error:`. */
export function printUsageError(text: string): void {
  process.stderr.write(printable(text).replace(/^error:/, (word) => paint(process.stderr, 'red', word)));
}

/** Straight to the descriptor, since `process.stdout` takes longer to load than a guest to run; it is used where the descriptor does not take all. */
function write(text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.byteLength) {
      written += process.getBuiltinModule('node:fs').writeSync(1, bytes, written);
    }
  } catch (error) {
    // Nobody reads on, as before `| head`.
    if ((error as { code?: unknown }).code === 'EPIPE') return;
    process.stdout.write(bytes.subarray(written));
  }
}
