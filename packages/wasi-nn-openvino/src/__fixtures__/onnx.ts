/** A field of a protobuf message: a number, or bytes with their length. */
function field(number: number, value: number | Uint8Array | string): Uint8Array {
  if (typeof value === 'number') return Uint8Array.of(number << 3, ...varint(value));
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return Uint8Array.of((number << 3) | 2, ...varint(bytes.length), ...bytes);
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

function message(...fields: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(fields.flatMap((each) => [...each]));
}

/**
 * A model of ONNX that adds its input, one number of type f32, to a constant that lies in a file, by the numbers of fields in onnx.proto3.
 *
 * @param file its name, which OpenVINO looks for in the working directory.
 */
export function onnxWithFile(file: string): Uint8Array {
  const float = 1;
  const external = 1;
  const dimension = message(field(1, message(field(1, 1))));
  const type = field(2, message(field(1, message(field(1, float), field(2, dimension)))));
  const location = message(field(1, 'location'), field(2, file));
  const constant = message(
    field(1, 1),
    field(2, float),
    field(8, 'c'),
    field(13, location),
    field(14, external),
  );
  const node = message(field(1, 'x'), field(1, 'c'), field(2, 'y'), field(4, 'Add'));
  const graph = message(
    field(1, node),
    field(2, 'graph'),
    field(5, constant),
    field(11, message(field(1, 'x'), type)),
    field(12, message(field(1, 'y'), type)),
  );
  return message(field(1, 8), field(7, graph), field(8, message(field(1, ''), field(2, 13))));
}
