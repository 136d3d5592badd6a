/** Room for this many bytes that a function fills: two arguments, pointer and length. */
export interface Room {
  readonly room: number;
}

/** An optional handle: one argument, a pointer to it. */
export interface OptionalHandle {
  readonly optional: number | undefined;
}

/** What a function is given. A text or bytes become two arguments, pointer and length. */
export type Argument = number | string | Uint8Array | Room | OptionalHandle;

/** No options, or no key. */
export const none: OptionalHandle = { optional: undefined };

/** Where arguments lie in memory for one call. */
export interface PlacedArguments {
  /** The numbers that the function is called with. */
  readonly values: readonly number[];
  /** What is written before the call. */
  readonly inputs: readonly { readonly pointer: number; readonly bytes: Uint8Array }[];
  /** What the function fills, when there is a room. */
  readonly room: { readonly pointer: number; readonly length: number } | undefined;
  /** The first byte that is not in use. */
  readonly end: number;
}

/** Room for the numbers that a function stores. */
const resultBytes = 16;
const encoder = new TextEncoder();

/** Lays arguments out in memory, behind the numbers that a function stores. */
export function placeArguments(args: readonly Argument[]): PlacedArguments {
  const values: number[] = [];
  const inputs: { pointer: number; bytes: Uint8Array }[] = [];
  let room: { pointer: number; length: number } | undefined;
  let end = resultBytes;
  const reserve = (length: number) => {
    const pointer = end;
    end += length;
    return pointer;
  };
  for (const arg of args) {
    if (typeof arg === 'number') {
      values.push(arg);
    } else if (typeof arg === 'string' || arg instanceof Uint8Array) {
      const bytes = typeof arg === 'string' ? encoder.encode(arg) : arg;
      const pointer = reserve(bytes.byteLength);
      inputs.push({ pointer, bytes });
      values.push(pointer, bytes.byteLength);
    } else if ('room' in arg) {
      room = { pointer: reserve(arg.room), length: arg.room };
      values.push(room.pointer, room.length);
    } else {
      const pointer = reserve(8);
      inputs.push({ pointer, bytes: optionalBytes(arg) });
      values.push(pointer);
    }
  }
  return { values, inputs, room, end };
}

/** Tag 0 and the handle, or tag 1 for none. */
function optionalBytes({ optional }: OptionalHandle): Uint8Array {
  const bytes = new Uint8Array(8);
  bytes[0] = optional === undefined ? 1 : 0;
  new DataView(bytes.buffer).setUint32(4, optional ?? 0, true);
  return bytes;
}
