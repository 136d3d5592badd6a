import { Buffer } from 'node:buffer';
import { crc32, deflateSync } from 'node:zlib';

/** Samples per pixel of the kinds of PNG that tests need, and the kind's number in the header (PNG, 11.2.2). */
const kinds = { grey: [1, 0], rgb: [3, 2], rgba: [4, 6] } as const;

/** Writes a PNG by the specification alone, so that a decoder is held against what it did not write itself. */
export function png(
  kind: keyof typeof kinds,
  width: number,
  samples: readonly number[],
  bits: 8 | 16 = 8,
): Uint8Array {
  const [channels, color] = kinds[kind];
  const height = samples.length / (width * channels);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, color], 8);
  const row = width * channels;
  const rows = Array.from({ length: height }, (_, y) => {
    const values = samples.slice(y * row, (y + 1) * row);
    // Each row begins with the number of its filter: none.
    return [0, ...(bits === 8 ? values : values.flatMap((value) => [value >> 8, value & 255]))];
  });
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const data = deflateSync(Uint8Array.from(rows.flat()));
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.byteLength);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
