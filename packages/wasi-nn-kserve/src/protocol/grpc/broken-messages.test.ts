import { describe, expect, test } from 'vitest';
import { MalformedMessage } from '../malformed.js';
import { readModelMetadata, readReady, readServerMetadata } from './control-messages.js';
import { readInferResponse } from './infer-response.js';
import { ProtoReader } from './proto-reader.js';
import { ProtoWriter } from './proto-writer.js';

const none: ReadonlySet<string> = new Set();

function message(write: (writer: ProtoWriter) => void): Buffer {
  const writer = new ProtoWriter();
  write(writer);
  return Buffer.concat(writer.finish());
}

/** An answer with one output, and raw contents for it. */
function answer(dataType: string, shape: readonly number[], raw: Uint8Array | undefined, more = 0): Buffer {
  return message((writer) => {
    writer.message(5, () => {
      writer.string(1, 'y');
      writer.string(2, dataType);
      writer.packed(3, shape);
    });
    if (raw !== undefined) writer.bytes(6, raw);
    for (let count = 0; count < more; count += 1) writer.bytes(6, new Uint8Array());
  });
}

/** One whose output has these contents as numbers. */
function typed(dataType: string, shape: readonly number[], contents: string): Buffer {
  const text = Buffer.from(contents, 'hex').toString('latin1');
  return message((writer) =>
    writer.message(5, () => {
      writer.string(2, dataType);
      writer.packed(3, shape);
      writer.message(5, () => {
        for (const byte of Buffer.from(text, 'latin1')) writer.varint(byte);
      });
    }),
  );
}

describe('what is not protobuf', () => {
  // The encoding: protobuf.dev/programming-guides/encoding.
  test.each([
    ['a number that ends too early', '08ff'],
    ['a number of eleven bytes', '08ffffffffffffffffffff01'],
    ['a number of 65 bits', '08ffffffffffffffffff02'],
    ['a field number 0', '0001'],
    ['a field number beyond 2^29', 'f8ffffff7f01'],
    ['a group', '0b0c'],
    ['the end of a group', '0c'],
    ['a wire type that does not exist', '0e'],
    ['a length beyond 2^32', '22ffffffff7faa'],
    ['a fixed number that ends too early', '25aabbcc'],
    ['a known field of another type', '0a0101'],
  ])('%s', (_, hex) => {
    expect(() => readReady(Buffer.from(hex, 'hex'))).toThrow(MalformedMessage);
  });

  test.each([
    ['the message', '2205aa'],
    ['what it is part of', '22030a05610a0462636465'],
  ])('a length beyond %s', (_, hex) => {
    expect(() => readModelMetadata(Buffer.from(hex, 'hex'))).toThrow('ends within a field');
  });

  test('a text that is not UTF-8', () => {
    expect(() => readServerMetadata(Buffer.from('0a02c328', 'hex'))).toThrow('not UTF-8');
  });

  test('fields that are not known are skipped', () => {
    expect(readReady(Buffer.from('500151aabbccddeeff00115a02aabb5daabbccdd0801', 'hex'))).toBe(true);
  });

  test('numbers of 64 bits, also negative ones', () => {
    const reader = new ProtoReader(
      Buffer.from('ffffffffffffffffff01ffffffffffffff0f80808080808080f0ff01', 'hex'),
    );
    expect([reader.int64(), reader.int64()]).toEqual([-1, 2 ** 53 - 1]);
    expect(() => reader.int64()).toThrow('beyond 2^53');
  });
});

describe('answers that do not fit', () => {
  test.each([
    ['too short', answer('FP32', [2], new Uint8Array(7)), 'is FP32 [2], which is 8 bytes, but 7 came'],
    ['too long', answer('FP32', [2], new Uint8Array(12)), 'is FP32 [2], which is 8 bytes, but 12 came'],
    ['a data type that does not exist', answer('FP31', [2], new Uint8Array(8)), 'unknown data type "FP31"'],
    ['a product beyond 2^53', answer('FP32', [2 ** 40, 2 ** 40], new Uint8Array(8)), 'beyond 2^53'],
    ['too many dimensions', answer('FP32', Array(65).fill(1), new Uint8Array(4)), 'more than 64 dimensions'],
    ['more raw contents than outputs', answer('FP32', [1], new Uint8Array(4), 1), 'more raw contents'],
    ['no contents', answer('FP32', [1], undefined), 'has no contents'],
    [
      'an element of text that is too long',
      answer('BYTES', [1], Uint8Array.of(2, 0, 0, 0, 1)),
      'within an element',
    ],
    ['fewer elements of text', answer('BYTES', [2], Uint8Array.of(0, 0, 0, 0)), 'should have 2 elements'],
    ['half a length of text', answer('BYTES', [1], Uint8Array.of(0, 0)), 'within the length'],
    ['FP16 that is not raw', typed('FP16', [1], ''), 'did not come raw'],
    ['too few numbers', typed('INT32', [2], '1001'), 'should have 2 elements, but 1 came'],
    ['too many numbers', typed('INT32', [1], '10011001'), 'has more than 1 elements'],
    ['more elements than bytes', typed('FP64', [2 ** 40], '3a'), 'which cannot have come'],
    ['a number that is too large', typed('INT8', [1], '10ac02'), 'is not INT8'],
    ['a truth of 2', typed('BOOL', [1], '0802'), 'is not BOOL'],
    ['half a float', typed('FP32', [1], '3203000000'), 'ends within an element'],
  ])('%s', (_, bytes, words) => {
    expect(() => readInferResponse(bytes, none, 1000)).toThrow(MalformedMessage);
    expect(() => readInferResponse(bytes, none, 1000)).toThrow(words);
  });

  test('a negative dimension, which metadata may have as -1 only', () => {
    // A dimension as ten bytes, behind the data type.
    const negative = (field: number, hex: string) =>
      Buffer.concat([Buffer.of(field * 8 + 2, hex.length / 2), Buffer.from(hex, 'hex')]);
    const minusOne = '18ffffffffffffffffff01';
    const minusTwo = '18feffffffffffffffff01';
    const float = '120446503332';
    expect(() => readInferResponse(negative(5, float + minusOne), none, 1000)).toThrow('dimension of -1');
    expect(readModelMetadata(negative(4, float + minusOne)).inputs).toEqual([
      { name: '', dataType: 'FP32', shape: [-1] },
    ]);
    expect(() => readModelMetadata(negative(4, float + minusTwo))).toThrow('dimension of -2');
  });

  test('numbers are bounded by what the caller takes', () => {
    expect(() => readInferResponse(typed('INT64', [4], '1a0401010101'), none, 31)).toThrow(
      'larger than 31 bytes',
    );
    expect(readInferResponse(typed('INT64', [4], '1a0401010101'), none, 32).outputs).toHaveLength(1);
  });
});

describe('more than is taken', () => {
  test('inputs, versions and texts', () => {
    const inputs = message((writer) => {
      for (let count = 0; count <= 4096; count += 1) writer.message(4, () => undefined);
    });
    expect(() => readModelMetadata(inputs)).toThrow('more than 4096 inputs');
    const versions = message((writer) => {
      for (let count = 0; count <= 4096; count += 1) writer.string(2, '1');
    });
    expect(() => readModelMetadata(versions)).toThrow('more than 4096 versions');
    const name = message((writer) => writer.string(1, 'x'.repeat(65_537)));
    expect(() => readModelMetadata(name)).toThrow('65537 bytes; at most 65536');
    const outputs = message((writer) => {
      for (let count = 0; count <= 4096; count += 1) writer.message(5, () => writer.string(2, 'FP32'));
    });
    expect(() => readInferResponse(outputs, none, 1000)).toThrow('more than 4096 outputs');
  });
});

test.each(['answer', 'output'])('repeats its fields in the %s to take time', (where) => {
  const repeat = (writer: ProtoWriter) => {
    for (let count = 0; count < 20_000; count += 1) writer.oneOfString(1, '');
  };
  const bytes = message((writer) => {
    if (where === 'answer') repeat(writer);
    else writer.message(5, () => repeat(writer));
  });
  expect(() => readInferResponse(bytes, none, 1000)).toThrow('has more than 16384 fields');
});
