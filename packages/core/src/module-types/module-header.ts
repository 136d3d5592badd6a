import { InvalidGuestError } from '../errors/guest-errors.js';
import type { ByteReader } from './byte-reader.js';
import { most } from './implementation-limits.js';

const magic = [0x00, 0x61, 0x73, 0x6d];
const useModule = 'Pass the .wasm file that it was compiled from.';

/** Other formats that are given by mistake: their first bytes, and what to say. */
const otherFormats: readonly { readonly start: readonly number[]; readonly hint: string }[] = [
  {
    start: [0x1f, 0x8b],
    hint: 'It is compressed with gzip. Decompress it first, for example with node:zlib.',
  },
  { start: [0x28, 0xb5, 0x2f, 0xfd], hint: 'It is compressed with zstd. Decompress it first.' },
  { start: [0x50, 0x4b, 0x03, 0x04], hint: 'It is a zip archive. Unpack it first.' },
  {
    start: [0x7f, 0x45, 0x4c, 0x46],
    hint: `It is an ELF file, perhaps the output of an AOT compiler. ${useModule}`,
  },
  {
    start: [0xcf, 0xfa, 0xed, 0xfe],
    hint: `It is a Mach-O file, perhaps the output of an AOT compiler. ${useModule}`,
  },
  {
    start: [0x4d, 0x5a],
    hint: `It is a Windows program or DLL, perhaps the output of an AOT compiler. ${useModule}`,
  },
];

/** Passes over the first eight bytes, or says what the bytes are instead of a module. */
export function readHeader(reader: ByteReader): void {
  const { bytes } = reader;
  if (bytes.length === 0) {
    throw new InvalidGuestError(
      'The guest is empty (0 bytes). Check the path, and that the file was written completely.',
    );
  }
  if (bytes.length > most.moduleBytes) {
    throw new InvalidGuestError(
      `The guest has ${bytes.length} bytes; a module has at most ${most.moduleBytes}. Build it without its data, and give it that as files.`,
    );
  }
  const known = bytes.subarray(0, magic.length);
  if (!known.every((byte, index) => byte === magic[index])) {
    throw new InvalidGuestError(
      `The guest is not a WebAssembly module: it begins with ${hex(known)} instead of ${hex(magic)}. ${hintFor(bytes)}`,
    );
  }
  reader.skip(8);
  const version = bytes.subarray(4, 8);
  // Bytes 4 and 5 are the version, 6 and 7 the layer: 0 for a module, 1 for a component.
  if (version[2] === 1 && version[3] === 0) {
    throw new InvalidGuestError(
      'The guest is a WebAssembly component, but only core modules can be run. Build it as a module, for example for the target wasm32-wasip1.',
    );
  }
  if (version[0] !== 1 || version[1] !== 0 || version[2] !== 0 || version[3] !== 0) {
    throw new InvalidGuestError(
      `The guest has the WebAssembly version ${hex(version)}; only 01 00 00 00 is known. Build it for version 1.`,
    );
  }
}

function hintFor(bytes: Uint8Array): string {
  const format = otherFormats.find(({ start }) => start.every((byte, index) => byte === bytes[index]));
  if (format !== undefined) return format.hint;
  // A text module begins with "(module" or with a comment, after any white space.
  const text = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (/^(?:\u00ef\u00bb\u00bf)?\s*(?:\(\s*module|\(;|;;)/.test(text)) {
    return 'It looks like the text format (WAT). Translate it first, for example with wat2wasm.';
  }
  return 'Pass the bytes of a .wasm file.';
}

function hex(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
