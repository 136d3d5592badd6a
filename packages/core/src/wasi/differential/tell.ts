import { errnoNames } from '../wasi-errno.js';
import { RecordSize } from '../wasi-types.js';
import type { Answer, OutputKind, Step } from './step.js';

/** Tells the answers of a scenario in words in which two hosts that do the same say the same. */
export function tellAnswers(steps: readonly Step[], answers: readonly Answer[]): string[] {
  // Inodes differ between folders; which of them are the same does not.
  const seen = new Map<string, number>();
  return answers.map(({ errno, outputs }, index) => {
    if (typeof errno === 'string') return `trap: ${errno.trim().split('\n').at(-1)?.trim()}`;
    const name = errnoNames[errno] ?? String(errno);
    if (errno !== 0) return name;
    const told = outputs.map((hex, at) => {
      const kind = steps[index]?.outputs[at]?.kind ?? 'bytes';
      return decoders[kind](Buffer.from(hex, 'hex'), seen);
    });
    return [name, ...told].join(' ');
  });
}

type Decoder = (bytes: Buffer, seen: Map<string, number>) => string;

const decoders: Readonly<Record<OutputKind, Decoder>> = {
  number: (bytes) => `${little(bytes)}`,
  positive: (bytes) => (little(bytes) > 0n ? 'positive' : 'zero'),
  bytes: (bytes) => (bytes.byteLength > 200 ? `${bytes.byteLength} bytes` : JSON.stringify(bytes.toString())),
  filestat: (bytes) => {
    const type = bytes.readUInt8(16);
    // The size of a folder, and how many names it has, are the file system's own.
    const isFolder = type === 3;
    return `type ${type}${isFolder ? '' : ` links ${bytes.readBigUInt64LE(24)} size ${bytes.readBigUInt64LE(32)}`}`;
  },
  times: (bytes) => `atim ${bytes.readBigUInt64LE(40)} mtim ${bytes.readBigUInt64LE(48)}`,
  identity: (bytes, seen) => {
    const key = bytes.subarray(0, 16).toString('hex');
    if (!seen.has(key)) seen.set(key, seen.size + 1);
    return `inode ${seen.get(key)}`;
  },
  fdstat: (bytes) => `type ${bytes.readUInt8(0)} flags ${bytes.readUInt16LE(2)}`,
  listing: (bytes) => entries(bytes).sort().join(', '),
  // How many bytes can be read is a hint, which hosts give or not.
  events: (bytes) =>
    Array.from({ length: bytes.byteLength / RecordSize.event }, (_, index) =>
      tellEvent(bytes.subarray(index * RecordSize.event)),
    ).join(' '),
};

function tellEvent(bytes: Buffer): string {
  return `{user ${bytes.readBigUInt64LE(0)} ${errnoNames[bytes.readUInt16LE(8)]} type ${bytes.readUInt8(10)}}`;
}

function little(bytes: Buffer): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`);
}

/** The entries of a listing; the last may be cut off. */
function entries(bytes: Buffer): string[] {
  const found: string[] = [];
  for (let at = 0; at < bytes.byteLength; ) {
    const head = bytes.subarray(at, at + 24);
    if (head.byteLength < 24) return [...found, `cut ${head.byteLength}`];
    const length = head.readUInt32LE(16);
    const name = bytes.subarray(at + 24, at + 24 + length);
    found.push(`${name.toString()}:${head.readUInt8(20)}${name.byteLength < length ? ` of ${length}` : ''}`);
    at += 24 + length;
  }
  return found;
}
