import { Buffer } from 'node:buffer';

/** Room for what functions answer; inputs follow. */
const outputs = 16;
const inputs = 4096;

/** Takes one number from the function: its argument is a pointer to 4 bytes, or to 8. */
export const out = { kind: 'out', size: 4 } as const;
export const out64 = { kind: 'out', size: 8 } as const;

/** Takes bytes from the function: two arguments, the pointer to this much room and its length. */
export function room(length: number) {
  return { kind: 'room', length } as const;
}

/** An optional handle: the argument is a pointer to its 8 bytes. */
export function optional(handle?: number) {
  return { kind: 'optional', handle } as const;
}

/** No options, or no key. */
export const none = optional();

/**
 * What a function is called with. A text or bytes are stored in the guest's memory and become two arguments, pointer and length.
 */
export type Argument =
  | number
  | bigint
  | string
  | Uint8Array
  | typeof out
  | typeof out64
  | ReturnType<typeof room>
  | ReturnType<typeof optional>;

/** What is put into a memory before a call: bytes, or so many zeros. */
export interface Write {
  readonly offset: number;
  readonly bytes: Uint8Array | number;
}

/** Where a function puts an answer. */
export interface Place {
  readonly offset: number;
  readonly length: number;
  readonly isNumber: boolean;
}

/** The numbers of a call, what they point to, and where its answers will be. */
export interface Layout {
  readonly values: readonly (number | bigint)[];
  readonly writes: readonly Write[];
  readonly places: readonly Place[];
}

/** Lays arguments out in a memory. */
export function layOut(args: readonly Argument[]): Layout {
  const values: (number | bigint)[] = [];
  const writes: Write[] = [];
  const places: Place[] = [];
  let output = outputs;
  let input = inputs;
  for (const arg of args) {
    if (typeof arg === 'number' || typeof arg === 'bigint') {
      values.push(arg);
    } else if (typeof arg === 'string' || arg instanceof Uint8Array) {
      const bytes = typeof arg === 'string' ? Buffer.from(arg) : arg;
      writes.push({ offset: input, bytes });
      values.push(input, bytes.byteLength);
      input += aligned(bytes.byteLength);
    } else if (arg.kind === 'out') {
      writes.push({ offset: output, bytes: 8 });
      values.push(output);
      places.push({ offset: output, length: arg.size, isNumber: true });
      output += 8;
    } else if (arg.kind === 'room') {
      writes.push({ offset: input, bytes: arg.length });
      values.push(input, arg.length);
      places.push({ offset: input, length: arg.length, isNumber: false });
      input += aligned(arg.length);
    } else {
      writes.push({ offset: output, bytes: optionalRecord(arg.handle) });
      values.push(output);
      output += 8;
    }
  }
  return { values, writes, places };
}

/** A number or bytes that a function has answered. */
export type Answer = bigint | Buffer;

export interface Invocation {
  readonly errno: number;
  readonly answers: readonly Answer[];
}

/** The answer that stands at its place. */
export function readAnswer(bytes: Buffer, { length, isNumber }: Place): Answer {
  if (!isNumber) return bytes;
  return length === 8 ? bytes.readBigUInt64LE() : BigInt(bytes.readUInt32LE());
}

function optionalRecord(handle: number | undefined): Buffer {
  const record = Buffer.alloc(8);
  record.writeUInt8(handle === undefined ? 1 : 0, 0);
  record.writeUInt32LE((handle ?? 0) >>> 0, 4);
  return record;
}

function aligned(length: number): number {
  return (length + 7) & ~7;
}
