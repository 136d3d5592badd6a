import type { Stats } from 'node:fs';
import { builtin } from '../builtin.js';
import { PieceReader } from './piece-reader.js';

/** How much is read of a file, and how long it is waited for. */
export interface FileBounds {
  /** Maximum number of bytes. */
  readonly maxBytes: number;
  /**
   * How the content must begin, a character for each byte: a pipe or device that begins otherwise is not read on, and what was read of it is
   * returned. Default: anything.
   */
  readonly start?: string | undefined;
  /** Refuses a pipe or device at once, for a name that does not come from who waits for it. Default: they are read. */
  readonly onlyRegular?: boolean | undefined;
  /** Maximum milliseconds that a pipe or device gives nothing. Default: 30000. */
  readonly waitMs?: number | undefined;
}

/** Most bytes of a pipe or device, which may never end. */
const maxPipedBytes = 2 ** 28;
const defaultWaitMs = 30_000;
const pauseMs = 5;

/**
 * Reads a whole file, pipe or device within bounds: an endless one does not fill the memory, and a pipe that nobody writes to does not keep the
 * caller waiting for ever.
 *
 * @throws {Error} saying why it is not read: more bytes than allowed, nothing for too long, or what the system refuses.
 */
export function readBoundedFile(path: string | URL, bounds: FileBounds): Buffer {
  const { openSync, fstatSync, closeSync } = builtin('node:fs');
  const descriptor = openSync(path, openFlags());
  try {
    const stats = fstatSync(descriptor);
    checkKind(stats, bounds);
    if (isSized(stats)) return readSized(descriptor, sizeWithin(stats, bounds));
    const pause = new Int32Array(new SharedArrayBuffer(4));
    const reading = readPieces(readerOf(path, descriptor, stats), bounds);
    for (let step = reading.next(); ; step = reading.next()) {
      if (step.done) return step.value;
      Atomics.wait(pause, 0, 0, pauseMs);
    }
  } finally {
    closeSync(descriptor);
  }
}

/**
 * {@link readBoundedFile} that leaves the event loop free while it waits, for the disk too.
 *
 * @throws {Error} like {@link readBoundedFile}.
 */
export async function readBoundedFileLater(path: string | URL, bounds: FileBounds): Promise<Buffer> {
  const handle = await builtin('node:fs').promises.open(path, openFlags());
  try {
    const stats = await handle.stat();
    checkKind(stats, bounds);
    if (isSized(stats)) {
      sizeWithin(stats, bounds);
      return await handle.readFile();
    }
    const reading = readPieces(readerOf(path, handle.fd, stats), bounds);
    for (let step = reading.next(); ; step = reading.next()) {
      if (step.done) return step.value;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  } finally {
    await handle.close();
  }
}

/** Opening a pipe must not wait for one who writes to it. */
function openFlags(): number {
  const { O_RDONLY, O_NONBLOCK = 0 } = builtin('node:fs').constants;
  return O_RDONLY | O_NONBLOCK;
}

/** Whether it is a file that says its size; what is in `/proc` says none. */
function isSized(stats: Stats): boolean {
  return stats.isFile() && stats.size > 0;
}

function checkKind(stats: Stats, { onlyRegular }: FileBounds): void {
  if (onlyRegular && !stats.isFile()) {
    throw new Error(`it is ${stats.isDirectory() ? 'a folder' : 'a pipe or device'}, not a regular file`);
  }
}

function sizeWithin({ size }: Stats, { maxBytes }: FileBounds): number {
  if (size > maxBytes) throw new Error(`it has ${size} bytes, more than the maximum of ${maxBytes}`);
  return size;
}

function readSized(descriptor: number, size: number): Buffer {
  const { readSync } = builtin('node:fs');
  const bytes = Buffer.allocUnsafeSlow(size);
  let length = 0;
  while (length < size) {
    const read = readSync(descriptor, bytes, length, size - length, null);
    if (read === 0) return bytes.subarray(0, length);
    length += read;
  }
  return bytes;
}

function readerOf(path: string | URL, descriptor: number, stats: Stats): PieceReader {
  return new PieceReader(descriptor, stats.isFIFO() && hasName(path));
}

/** Reads, and yields when there is nothing to read yet. */
function* readPieces(
  reader: PieceReader,
  { maxBytes, start = '', waitMs = defaultWaitMs }: FileBounds,
): Generator<undefined, Buffer> {
  const most = Math.min(maxBytes, maxPipedBytes);
  let since = performance.now();
  while (reader.beginsWith(start)) {
    const step = reader.step();
    if (step === 'end') break;
    if (reader.length > most) {
      const why =
        most < maxBytes ? 'that are read of a pipe or device; write it to a file' : 'that it may have';
      throw new Error(`it has more than the ${most} bytes ${why}`);
    }
    if (step === 'some') {
      since = performance.now();
    } else if (performance.now() - since > waitMs) {
      throw new Error(`nothing was written to it for ${waitMs} ms`);
    } else {
      yield;
    }
  }
  return reader.bytes;
}

/** Whether a pipe is in a folder, and not one that the process was given. */
function hasName(path: string | URL): boolean {
  const { realpathSync, statSync } = builtin('node:fs');
  try {
    return statSync(realpathSync.native(path)).isFIFO();
  } catch {
    return false;
  }
}
