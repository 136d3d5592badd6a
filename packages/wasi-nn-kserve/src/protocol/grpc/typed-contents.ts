import { type DataType, dataTypeSize } from '../data-type.js';
import { MalformedMessage } from '../malformed.js';
import { type ProtoReader, wireTypes } from './proto-reader.js';

/** The field of InferTensorContents that has elements of a data type. Those of 16-bit floats exist only as raw contents. */
const contentsField: Readonly<Record<DataType, number | undefined>> = {
  BOOL: 1,
  INT8: 2,
  INT16: 2,
  INT32: 2,
  INT64: 3,
  UINT8: 4,
  UINT16: 4,
  UINT32: 4,
  UINT64: 5,
  FP32: 6,
  FP64: 7,
  BYTES: 8,
  FP16: undefined,
  BF16: undefined,
};

/**
 * Reads a tensor that came as numbers into the form of raw contents.
 *
 * @param count elements that its shape has
 */
export function readTypedContents(
  contents: ProtoReader | undefined,
  dataType: DataType,
  count: number,
  maxBytes: number,
): Uint8Array {
  const field = contentsField[dataType];
  if (field === undefined) throw new MalformedMessage(`is ${dataType}, but did not come raw`);
  if (contents === undefined) {
    if (count === 0) return new Uint8Array(0);
    throw new MalformedMessage('has no contents');
  }
  if (dataType === 'BYTES') return readByteElements(contents, field, maxBytes);
  // Each element takes a byte at least, so that the room is bounded by what came.
  if (count > contents.left)
    throw new MalformedMessage(`should have ${count} elements, which cannot have come`);
  const size = dataTypeSize[dataType];
  if (count * size > maxBytes) throw new MalformedMessage(`is larger than ${maxBytes} bytes`);
  const elements = new Elements(dataType, Buffer.allocUnsafe(count * size));
  while (contents.next()) {
    if (contents.field !== field) contents.skip();
    else if (contents.wireType === wireTypes.bytes) elements.addPacked(contents.nested());
    else elements.add(contents, contents.wireType);
  }
  return elements.finish();
}

/** Twice: first for the room that they take, then into it, so that many small ones cost nothing besides. */
function readByteElements(contents: ProtoReader, field: number, maxBytes: number): Uint8Array {
  let bytes = 0;
  forEachElement(contents.again(), field, (element) => {
    bytes += 4 + element.byteLength;
    if (bytes > maxBytes) throw new MalformedMessage(`is larger than ${maxBytes} bytes`);
  });
  const data = Buffer.allocUnsafe(bytes);
  let position = 0;
  forEachElement(contents, field, (element) => {
    position = data.writeUInt32LE(element.byteLength, position);
    position += element.copy(data, position);
  });
  return data;
}

function forEachElement(contents: ProtoReader, field: number, use: (element: Buffer) => void): void {
  while (contents.next()) {
    if (contents.field === field) use(contents.bytes());
    else contents.skip();
  }
}

/** Fills a tensor with elements as they come. */
class Elements {
  #position = 0;
  readonly #size: number;
  readonly #wireType: number;

  constructor(
    readonly dataType: DataType,
    readonly data: Buffer,
  ) {
    this.#size = dataTypeSize[dataType];
    this.#wireType =
      dataType === 'FP32' ? wireTypes.fixed32 : dataType === 'FP64' ? wireTypes.fixed64 : wireTypes.varint;
  }

  addPacked(packed: ProtoReader): void {
    if (this.#wireType === wireTypes.varint) {
      while (packed.left > 0) this.add(packed, wireTypes.varint);
      return;
    }
    if (packed.left % this.#size !== 0) throw new MalformedMessage('ends within an element');
    this.#checkRoom(packed.left);
    packed.buffer.copy(this.data, this.#position, packed.position, packed.position + packed.left);
    this.#position += packed.left;
  }

  add(reader: ProtoReader, wireType: number): void {
    if (wireType !== this.#wireType) throw new MalformedMessage(`has elements of wire type ${wireType}`);
    this.#checkRoom(this.#size);
    if (wireType === wireTypes.varint) {
      reader.varint();
      this.#write(reader.low, reader.high);
    } else reader.fixed(this.#size as 4 | 8).copy(this.data, this.#position);
    this.#position += this.#size;
  }

  finish(): Uint8Array {
    if (this.#position !== this.data.byteLength) {
      throw new MalformedMessage(
        `should have ${this.data.byteLength / this.#size} elements, but ${this.#position / this.#size} came`,
      );
    }
    return this.data;
  }

  #write(low: number, high: number): void {
    const { data, dataType } = this;
    if (this.#size === 8) {
      data.writeUInt32LE(low, this.#position);
      data.writeUInt32LE(high, this.#position + 4);
      return;
    }
    const isSigned = dataType.startsWith('INT');
    const value = isSigned ? low | 0 : low;
    const bits = 8 * this.#size;
    const fits =
      high === (isSigned && value < 0 ? 0xffff_ffff : 0) &&
      (dataType === 'BOOL'
        ? value <= 1
        : isSigned
          ? value === (value << (32 - bits)) >> (32 - bits)
          : value < 2 ** bits);
    if (!fits) throw new MalformedMessage(`has an element that is not ${dataType}`);
    if (isSigned) data.writeIntLE(value, this.#position, this.#size);
    else data.writeUIntLE(value, this.#position, this.#size);
  }

  #checkRoom(bytes: number): void {
    if (this.data.byteLength - this.#position < bytes) {
      throw new MalformedMessage(`has more than ${this.data.byteLength / this.#size} elements`);
    }
  }
}
