import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPath } from '../errors/check-path.js';
import { GuestNotFoundError } from '../errors/guest-errors.js';
import { shownName } from '../errors/printable.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { type FileBounds, readBoundedFile, readBoundedFileLater } from '../files/read-bounded-file.js';
import { most } from '../module-types/implementation-limits.js';
import { describeValue } from '../values/check-arguments.js';
import { refuseLostBytes } from '../values/lost-bytes.js';

/** A guest's bytes, which nobody else has, and its names. */
export class LoadedGuest {
  /** What messages call it. */
  readonly label: string;
  /** Argument 0 of a WASI command. */
  readonly programName: string;
  readonly bytes: Uint8Array;

  constructor({ label, programName }: GuestNames, bytes: Uint8Array) {
    this.label = label;
    this.programName = programName;
    this.bytes = bytes;
  }
}

/** What a guest is called. */
type GuestNames = Pick<LoadedGuest, 'label' | 'programName'>;

/** What does not begin as a module is not read to its end. */
const guestBounds: FileBounds = { maxBytes: most.moduleBytes, start: '\0asm' };

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
    return new LoadedGuest(namesOfGuest(file), readBoundedFile(file, guestBounds));
  } catch (cause) {
    throw notFound(file, cause);
  }
}

/**
 * Reads a guest's file, or copies its bytes, without waiting for the disk.
 *
 * @throws {GuestNotFoundError} when the file cannot be read.
 * @throws {InvalidArgumentError} for bytes whose buffer was transferred, and for what is no source of a guest.
 */
export async function loadGuest(source: unknown): Promise<LoadedGuest> {
  if (source instanceof Uint8Array) {
    refuseLostBytes('The guest', source);
    return new LoadedGuest(bytesNames, new Uint8Array(source));
  }
  const file = requireGuestFile(source);
  try {
    return new LoadedGuest(namesOfGuest(file), await readBoundedFileLater(file, guestBounds));
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
export function namesOfGuest(file: string | URL): GuestNames {
  const name = basename(file instanceof URL ? fileURLToPath(file) : file);
  return { label: shownName(name), programName: name };
}

function notFound(file: string | URL, cause: unknown): GuestNotFoundError {
  return new GuestNotFoundError(
    `The guest ${String(file)} cannot be read: ${(cause as Error).message}. ${checkPath(file)}`,
    { cause },
  );
}
