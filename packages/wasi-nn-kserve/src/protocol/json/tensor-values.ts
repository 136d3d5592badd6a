import { isUtf8 } from 'node:buffer';
import { type DataType, dataTypeSize } from '../data-type.js';
import { MalformedMessage } from '../malformed.js';
import type { JsonReader } from './json-reader.js';

/** A tensor that JSON cannot have. The text continues "The input … ". */
export class NotInJson extends Error {}

/** What JSON has for an element, from its raw form. */
type ReadRaw = (view: DataView, position: number) => string;
/** The raw form of an element; `false` if it does not fit. */
type WriteRaw = (view: DataView, position: number, text: string) => boolean;

interface Element {
  readonly toJson: ReadRaw;
  readonly fromJson: WriteRaw;
}

const elements: Readonly<Record<Exclude<DataType, 'BYTES' | 'FP16' | 'BF16'>, Element>> = {
  BOOL: {
    toJson: (view, position) => (view.getUint8(position) === 0 ? 'false' : 'true'),
    fromJson: (view, position, text) => {
      const value = text === 'true' || text === '1' ? 1 : text === 'false' || text === '0' ? 0 : undefined;
      view.setUint8(position, value ?? 0);
      return value !== undefined;
    },
  },
  UINT8: integer('Uint8', 0, 0xff),
  UINT16: integer('Uint16', 0, 0xffff),
  UINT32: integer('Uint32', 0, 0xffff_ffff),
  INT8: integer('Int8', -0x80, 0x7f),
  INT16: integer('Int16', -0x8000, 0x7fff),
  INT32: integer('Int32', -0x8000_0000, 0x7fff_ffff),
  UINT64: bigInteger('BigUint64', 0n, 0xffff_ffff_ffff_ffffn),
  INT64: bigInteger('BigInt64', -0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn),
  FP32: float('Float32', Math.fround),
  FP64: float('Float64', Number),
};

function integer(
  type: 'Uint8' | 'Uint16' | 'Uint32' | 'Int8' | 'Int16' | 'Int32',
  min: number,
  max: number,
): Element {
  return {
    toJson: (view, position) => String(view[`get${type}`](position, true)),
    fromJson: (view, position, text) => {
      const value = Number(text);
      view[`set${type}`](position, value, true);
      return Number.isInteger(value) && value >= min && value <= max;
    },
  };
}

function bigInteger(type: 'BigUint64' | 'BigInt64', min: bigint, max: bigint): Element {
  return {
    toJson: (view, position) => String(view[`get${type}`](position, true)),
    fromJson: (view, position, text) => {
      // With a point or an exponent, it was a float to whoever wrote it.
      const isWhole = /^-?\d+$/.test(text);
      if (!isWhole && !Number.isSafeInteger(Number(text))) return false;
      const value = isWhole ? BigInt(text) : BigInt(Number(text));
      view[`set${type}`](position, value, true);
      return value >= min && value <= max;
    },
  };
}

function float(type: 'Float32' | 'Float64', round: (value: number) => number): Element {
  return {
    toJson: (view, position) => {
      const value = view[`get${type}`](position, true);
      if (!Number.isFinite(value)) throw new NotInJson(`has the element ${value}, which JSON cannot have`);
      return Object.is(value, -0) ? '-0.0' : String(value);
    },
    fromJson: (view, position, text) => {
      const value = round(Number(text));
      view[`set${type}`](position, value, true);
      return Number.isFinite(value);
    },
  };
}

function elementOf(dataType: DataType): Element | undefined {
  return Object.hasOwn(elements, dataType) ? elements[dataType as keyof typeof elements] : undefined;
}

/**
 * A tensor as the array of numbers or texts that JSON has for it.
 *
 * @throws {NotInJson}
 */
export function tensorToJson(dataType: DataType, data: Uint8Array): string {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (dataType === 'BYTES') return `[${byteElements(view).join(',')}]`;
  const element = elementOf(dataType);
  if (element === undefined) throw new NotInJson(`is ${dataType}, which JSON cannot have`);
  const size = dataTypeSize[dataType];
  const texts = Array.from({ length: data.byteLength / size }, (_, index) =>
    element.toJson(view, index * size),
  );
  return `[${texts.join(',')}]`;
}

function byteElements(view: DataView): string[] {
  const texts: string[] = [];
  for (let position = 0; position < view.byteLength; ) {
    const length = view.getUint32(position, true);
    const bytes = Buffer.from(view.buffer, view.byteOffset + position + 4, length);
    if (!isUtf8(bytes)) throw new NotInJson('has an element that is not UTF-8, which JSON cannot have');
    texts.push(JSON.stringify(bytes.toString()));
    position += 4 + length;
  }
  return texts;
}

/** Reads such an array, flat or nested, into the raw form. */
export function tensorFromJson(
  reader: JsonReader,
  dataType: DataType,
  count: number,
  maxBytes: number,
): Uint8Array {
  if (dataType === 'BYTES') return byteElementsFromJson(reader, maxBytes);
  const element = elementOf(dataType);
  if (element === undefined) throw new MalformedMessage(`is ${dataType}, which JSON cannot have`);
  const size = dataTypeSize[dataType];
  // Each element takes a byte at least, so that the room is bounded by what came.
  if (count > reader.bytes.byteLength - reader.position || count * size > maxBytes) {
    throw new MalformedMessage(`should have ${count} elements, which cannot have come`);
  }
  const data = Buffer.allocUnsafe(count * size);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let index = 0;
  forEachItem(reader, (text) => {
    if (index === count) throw new MalformedMessage(`has more than ${count} elements`);
    if (text === 'null') throw new MalformedMessage('has an element null, which servers write for NaN');
    if (!element.fromJson(view, index * size, text)) {
      throw new MalformedMessage(`has an element ${text}, which is not ${dataType}`);
    }
    index += 1;
  });
  if (index !== count) throw new MalformedMessage(`should have ${count} elements, but ${index} came`);
  return data;
}

function forEachItem(reader: JsonReader, use: (text: string) => void): void {
  reader.array(() => {
    const kind = reader.kind();
    if (kind === 'array') forEachItem(reader, use);
    else if (kind === 'number') use(reader.numberText());
    else if (kind === 'true' || kind === 'false' || kind === 'null') {
      reader.word(kind);
      use(kind);
    } else throw new MalformedMessage(`has ${kind === 'object' ? 'an object' : 'a text'} for an element`);
  });
}

function byteElementsFromJson(reader: JsonReader, maxBytes: number): Uint8Array {
  let data = Buffer.allocUnsafe(1024);
  let end = 0;
  forEachText(reader, maxBytes, (text) => {
    const length = Buffer.byteLength(text);
    if (end + 4 + length > data.byteLength) {
      const larger = Buffer.allocUnsafe(Math.max(2 * data.byteLength, end + 4 + length));
      data.copy(larger, 0, 0, end);
      data = larger;
    }
    end = data.writeUInt32LE(length, end);
    end += data.write(text, end);
    if (end > maxBytes) throw new MalformedMessage(`is larger than ${maxBytes} bytes`);
  });
  return data.subarray(0, end);
}

function forEachText(reader: JsonReader, maxBytes: number, use: (text: string) => void): void {
  reader.array(() => {
    if (reader.kind() === 'array') forEachText(reader, maxBytes, use);
    else use(reader.string(maxBytes));
  });
}
