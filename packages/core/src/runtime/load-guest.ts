import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GuestNotFoundError } from '../errors/guest-errors.js';
import { shownName } from '../errors/printable.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { describeValue } from '../values/check-arguments.js';
import type { GuestSource } from './runtime.js';

/** A guest's bytes and names. */
export interface LoadedGuest {
  /** What messages call it. */
  readonly label: string;
  /** Argument 0 of a WASI command. */
  readonly programName: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads a guest.
 *
 * @throws {GuestNotFoundError} when its file cannot be read.
 */
export function loadGuest(source: GuestSource): LoadedGuest {
  if (source instanceof Uint8Array) {
    return { label: '(bytes)', programName: 'guest', bytes: source };
  }
  if (typeof source !== 'string' && !(source instanceof URL)) {
    throw new InvalidArgumentError(
      `A guest is given as the path or file URL of a wasm file, or as its bytes in a Uint8Array, not as ${describeValue(source)}.`,
    );
  }
  try {
    const name = basename(source instanceof URL ? fileURLToPath(source) : source);
    return { label: shownName(name), programName: name, bytes: readFileSync(source) };
  } catch (cause) {
    throw new GuestNotFoundError(
      `The guest ${String(source)} cannot be read: ${(cause as Error).message}. Check the path; it is relative to ${process.cwd()}.`,
      { cause },
    );
  }
}
