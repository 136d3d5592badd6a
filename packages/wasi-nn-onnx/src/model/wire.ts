/** A field of a message: a number, or bytes that may be a message, a text or packed numbers. */
export type WireField =
  | { readonly number: number; readonly value: bigint }
  | { readonly number: number; readonly bytes: Uint8Array };

/**
 * Reads the fields of a message in the wire format of Protocol Buffers, one after the other. Nothing is copied.
 *
 * @throws {RangeError} when it is not one, as far as it was read.
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
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new RangeError('a number in it has no end');
  };
  const take = (length: number): Uint8Array => {
    if (length > message.byteLength - place) throw new RangeError('it ends within a field');
    place += length;
    return message.subarray(place - length, place);
  };
  while (place < message.byteLength) {
    const key = Number(varint());
    const number = Math.floor(key / 8);
    switch (key % 8) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        yield { number, bytes: take(8) };
        break;
      case 2:
        yield { number, bytes: take(Number(varint())) };
        break;
      case 5:
        yield { number, bytes: take(4) };
        break;
      default:
        throw new RangeError(`a field in it is of the kind ${key % 8}, which there is not`);
    }
  }
}

/** The messages, texts or bytes of a field that may come several times. */
export function* bytesOf(message: Uint8Array, number: number): Generator<Uint8Array, void> {
  for (const field of readFields(message)) {
    if (field.number === number && 'bytes' in field) yield field.bytes;
  }
}

/** The last text of a field, which is the one that counts; empty when there is none. */
export function textOf(message: Uint8Array, number: number): string {
  const texts = [...bytesOf(message, number)];
  return Buffer.from(texts.at(-1) ?? []).toString('utf8');
}

/** The last number of a field; `undefined` when there is none. */
export function numberOf(message: Uint8Array, number: number): number | undefined {
  let found: number | undefined;
  for (const field of readFields(message)) {
    if (field.number === number && 'value' in field) found = Number(BigInt.asIntN(64, field.value));
  }
  return found;
}
