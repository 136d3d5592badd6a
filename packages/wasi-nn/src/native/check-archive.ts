import { crc32 } from 'node:zlib';
import { NnError } from '../errors.js';

const signature = {
  local: 0x04034b50,
  central: 0x02014b50,
  end: 0x06054b50,
  longEnd: 0x06064b50,
  locator: 0x07064b50,
};
const endSize = 22;
const longEndSize = 56;
const locatorSize = 20;
const centralSize = 46;
const localSize = 30;

/** Longest comment behind the end of an archive. */
const longestComment = 0xffff;

/**
 * Looks through a ZIP archive as libtorch writes it, before WasmEdge's plug-in does: that ends the process where libtorch finds it damaged.
 *
 * @throws {NnError} `invalid_argument` when it is none, cut off, or damaged.
 */
export function checkArchive(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (!isWhole(bytes, view)) throw refuse();
  } catch (error) {
    // A number in it leads outside.
    throw error instanceof RangeError ? refuse() : error;
  }
}

function isWhole(bytes: Uint8Array, view: DataView): boolean {
  const end = findEnd(view);
  if (end === undefined) return false;
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  const stop = start + view.getUint32(end + 12, true);
  // Of one part, with nothing behind it.
  const isOne = view.getUint32(end + 4, true) === 0 && view.getUint16(end + 8, true) === count;
  if (!isOne || end + endSize + view.getUint16(end + 20, true) !== bytes.byteLength) return false;
  // Of more than 65534 files, or of 4 GiB, the numbers stand elsewhere; no model that a guest brings is so large.
  if (count === 0 || count === 0xffff) return false;
  let entry = start;
  let left = bytes.byteLength;
  for (let index = 0; index < count; index++) {
    if (view.getUint32(entry, true) !== signature.central) return false;
    const content = contentOf(bytes, view, entry);
    if (content === undefined) return false;
    // Files that share their bytes would be read again and again.
    left -= content.byteLength;
    if (left < 0 || crc32(content) !== view.getUint32(entry + 16, true)) return false;
    entry += centralSize + [28, 30, 32].reduce((sum, field) => sum + view.getUint16(entry + field, true), 0);
  }
  return entry === stop && (stop === end || isLongEnd(view, start, stop, end, count));
}

/** What libtorch writes between the list of files and its end: the same numbers with 64 bits, and where they are. */
function isLongEnd(view: DataView, start: number, stop: number, end: number, count: number): boolean {
  const locator = stop + longEndSize;
  if (locator + locatorSize !== end) return false;
  const long = (place: number) => view.getBigUint64(place, true);
  const numbers = [long(stop + 16), long(stop + 24), long(stop + 32), long(stop + 40), long(stop + 48)];
  const expected = [0, count, count, stop - start, start].map(BigInt);
  return (
    view.getUint32(stop, true) === signature.longEnd &&
    long(stop + 4) === BigInt(longEndSize - 12) &&
    numbers.every((number, index) => number === expected[index]) &&
    view.getUint32(locator, true) === signature.locator &&
    view.getUint32(locator + 4, true) === 0 &&
    long(locator + 8) === BigInt(stop) &&
    view.getUint32(locator + 16, true) === 1
  );
}

/** The bytes of a file, which libtorch does not compress. */
function contentOf(bytes: Uint8Array, view: DataView, entry: number): Uint8Array | undefined {
  const isStored = view.getUint16(entry + 10, true) === 0;
  const length = view.getUint32(entry + 24, true);
  const local = view.getUint32(entry + 42, true);
  if (!isStored || view.getUint32(entry + 20, true) !== length) return undefined;
  if (view.getUint32(local, true) !== signature.local || view.getUint16(entry + 34, true) !== 0)
    return undefined;
  const nameLength = view.getUint16(local + 26, true);
  const name = (place: number) => bytes.subarray(place, place + nameLength);
  const isSame =
    view.getUint16(entry + 28, true) === nameLength &&
    view.getUint16(entry + 8, true) === view.getUint16(local + 6, true) &&
    Buffer.compare(name(local + localSize), name(entry + centralSize)) === 0;
  if (!isSame) return undefined;
  const start = local + localSize + nameLength + view.getUint16(local + 28, true);
  return start + length <= bytes.byteLength ? bytes.subarray(start, start + length) : undefined;
}

function findEnd(view: DataView): number | undefined {
  const last = view.byteLength - endSize;
  for (let place = last; place >= Math.max(0, last - longestComment); place--) {
    if (view.getUint32(place, true) === signature.end) return place;
  }
  return undefined;
}

function refuse(): NnError {
  return new NnError(
    'invalid_argument',
    'The model is not a TorchScript archive, or a damaged one, which would crash the native plug-in.',
  );
}
