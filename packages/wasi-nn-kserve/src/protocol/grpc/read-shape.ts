import { maxDimensions } from '../bounds.js';
import { MalformedMessage } from '../malformed.js';
import { type ProtoReader, wireTypes } from './proto-reader.js';

/** Reads dimensions, one by one or packed, behind those that are there already. */
export function readShape(reader: ProtoReader, shape: number[]): void {
  if (reader.wireType === wireTypes.varint) addDimension(reader, shape);
  else {
    const packed = reader.nested();
    while (packed.left > 0) addDimension(packed, shape);
  }
}

function addDimension(reader: ProtoReader, shape: number[]): void {
  if (shape.length === maxDimensions) {
    throw new MalformedMessage(`has a tensor of more than ${maxDimensions} dimensions`);
  }
  shape.push(reader.int64());
}
