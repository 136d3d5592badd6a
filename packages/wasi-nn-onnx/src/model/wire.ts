/** A field of a message: a number, four or eight bytes, or bytes that may be a message, a text or packed numbers. */
export type WireField =
  | { readonly number: number; readonly kind: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly kind: 'fixed32' | 'fixed64' | 'bytes'; readonly bytes: Uint8Array };

/** The kinds of fields by their numbers; groups, which have two numbers, are in no model. */
const kinds = { 0: 'varint', 1: 'fixed64', 2: 'bytes', 5: 'fixed32' } as const;

/** A field's number and kind have at most five bytes, of which Protocol Buffers keeps 32 bits. */
const maxKey = 2n ** 32n;

/**
 * Reads the fields of a message in the wire format of Protocol Buffers, one after the other. Nothing is copied.
 *
 * @throws {RangeError} when it is not one, as far as it was read, also where Protocol Buffers would take away bits that are too many.
 */
export function* readFields(message: Uint8Array): Generator<WireField, void> {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  let place = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (place >= message.byteLength) throw new RangeError('it ends within a number');
      const byte = view.getUint8(place++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte >= 0x80) continue;
      if (value >= 2n ** 64n) throw new RangeError('a number in it has more than 64 bits');
      return value;
    }
    throw new RangeError('a number in it has no end');
  };
  const take = (length: number): Uint8Array => {
    if (length > message.byteLength - place) throw new RangeError('it ends within a field');
    place += length;
    return message.subarray(place - length, place);
  };
  while (place < message.byteLength) {
    const key = varint();
    if (key >= maxKey || key < 8n) throw new RangeError('a field in it has a number that no field has');
    const number = Number(key >> 3n);
    const kind = kinds[Number(key & 7n) as keyof typeof kinds] as
      | (typeof kinds)[keyof typeof kinds]
      | undefined;
    switch (kind) {
      case 'varint':
        yield { number, kind, value: varint() };
        break;
      case 'fixed64':
        yield { number, kind, bytes: take(8) };
        break;
      case 'bytes':
        yield { number, kind, bytes: take(Number(varint())) };
        break;
      case 'fixed32':
        yield { number, kind, bytes: take(4) };
        break;
      default:
        throw new RangeError(`a field in it is of the kind ${key & 7n}, which there is not`);
    }
  }
}

/** The messages, texts or bytes of a field that may come several times. */
export function* bytesOf(message: Uint8Array, number: number): Generator<Uint8Array, void> {
  for (const field of readFields(message)) {
    if (field.number === number && field.kind === 'bytes') yield field.bytes;
  }
}

/** The text of a field; empty when there is none. */
export function textOf(message: Uint8Array, number: number): string {
  return Buffer.from([...bytesOf(message, number)].at(-1) ?? []).toString('utf8');
}

/** The number of a field; `undefined` when there is none. */
export function numberOf(message: Uint8Array, number: number): number | undefined {
  let found: number | undefined;
  for (const field of readFields(message)) {
    if (field.number === number && field.kind === 'varint') found = Number(BigInt.asIntN(64, field.value));
  }
  return found;
}
