import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtin } from '../builtin.js';
import { checkPath } from '../errors/check-path.js';
import { GuestNotFoundError } from '../errors/guest-errors.js';
import { shownName } from '../errors/printable.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { describeValue } from '../values/check-arguments.js';

/** A guest's bytes, which nobody else has, and its names. */
export interface LoadedGuest {
  /** What messages call it. */
  readonly label: string;
  /** Argument 0 of a WASI command. */
  readonly programName: string;
  readonly bytes: Uint8Array;
}

/** The names of a guest that is given as bytes. */
export const bytesNames = { label: '(bytes)', programName: 'guest' } as const;

/**
 * Reads a guest's file.
 *
 * @throws {GuestNotFoundError} when it cannot be read.
 */
export function loadGuestFile(source: unknown): LoadedGuest {
  const file = requireGuestFile(source);
  try {
    return { ...namesOfGuest(file), bytes: builtin('node:fs').readFileSync(file) };
  } catch (cause) {
    throw notFound(file, cause);
  }
}

/**
 * Reads a guest's file, or copies its bytes, without waiting for the disk.
 *
 * @throws {GuestNotFoundError} when the file cannot be read.
 */
export async function loadGuest(source: unknown): Promise<LoadedGuest> {
  if (source instanceof Uint8Array) {
    // An array whose buffer was handed on has no bytes any more, and cannot be copied.
    return { ...bytesNames, bytes: source.byteLength === 0 ? new Uint8Array() : new Uint8Array(source) };
  }
  const file = requireGuestFile(source);
  try {
    return { ...namesOfGuest(file), bytes: await builtin('node:fs').promises.readFile(file) };
  } catch (cause) {
    throw notFound(file, cause);
  }
}

/** Throws unless the source of a guest is the path or URL of a file. */
export function requireGuestFile(source: unknown): string | URL {
  if (typeof source === 'string' || source instanceof URL) return source;
  throw new InvalidArgumentError(
    `A guest must be the path or file URL of a wasm file, or its bytes in a Uint8Array, not ${describeValue(source)}.`,
  );
}

/** The names of a guest that is given as a file. */
export function namesOfGuest(file: string | URL): Pick<LoadedGuest, 'label' | 'programName'> {
  const name = basename(file instanceof URL ? fileURLToPath(file) : file);
  return { label: shownName(name), programName: name };
}

function notFound(file: string | URL, cause: unknown): GuestNotFoundError {
  return new GuestNotFoundError(
    `The guest ${String(file)} cannot be read: ${(cause as Error).message}. ${checkPath(file)}`,
    { cause },
  );
}
