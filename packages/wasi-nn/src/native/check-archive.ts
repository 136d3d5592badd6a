import { crc32 } from 'node:zlib';
import { NnError } from '../errors/nn-error.js';

const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 };
const endSize = 22;
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
  let entry = view.getUint32(end + 16, true);
  // Of more than 65534 files, or of 4 GiB, the numbers stand elsewhere; no model that a guest brings is so large.
  if (count === 0 || count === 0xffff) return false;
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
  return entry <= end;
}

/** The bytes of a file, which libtorch does not compress. */
function contentOf(bytes: Uint8Array, view: DataView, entry: number): Uint8Array | undefined {
  const isStored = view.getUint16(entry + 10, true) === 0;
  const length = view.getUint32(entry + 24, true);
  const local = view.getUint32(entry + 42, true);
  if (!isStored || view.getUint32(entry + 20, true) !== length) return undefined;
  if (view.getUint32(local, true) !== signature.local) return undefined;
  const start = local + localSize + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
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
    'The model is no TorchScript archive, or a damaged one, which would end the process in the native plug-in.',
  );
}
