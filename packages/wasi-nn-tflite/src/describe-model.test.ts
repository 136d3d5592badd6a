import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { afterAll, describe, expect, it } from 'vitest';
import { describeModel } from './describe-model.js';

const modelPath = (name: string) =>
  fileURLToPath(new URL(`../conformance/models/${name}.tflite`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'describe-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

// Names, types, shapes and scales are those that tools/models/tflite_models.py has TensorFlow's own schema write.
describe('what a file tells of its model', () => {
  it('is names, types and shapes', async () => {
    expect(await describeModel(modelPath('add'))).toEqual({
      format: 'TensorFlow Lite',
      bytes: readFileSync(modelPath('add')).byteLength,
      inputs: [
        { name: 'a', type: 'f32', shape: [2, 3] },
        { name: 'b', type: 'f32', shape: [2, 3] },
      ],
      outputs: [{ name: 'sum', type: 'f32', shape: [2, 3] }],
      notes: [],
    });
  });

  it.each(['f16', 'f32', 'f64', 'u8', 'i8', 'i16', 'i32', 'i64', 'bool'])('is the type %s', async (type) => {
    const { inputs, outputs } = await describeModel(modelPath(`echo-${type}`));
    expect([...inputs, ...outputs].map((port) => port.type)).toEqual([type, type]);
  });

  it('is how whole numbers stand for others', async () => {
    const { inputs, outputs } = await describeModel(modelPath('fully-connected-i8'));
    expect(inputs[0]).toMatchObject({ type: 'i8', quantisation: { scale: [0.5], zeroPoint: [-1] } });
    expect(outputs[0]).toMatchObject({ type: 'i8', quantisation: { scale: [2], zeroPoint: [3] } });
  });

  it('is which dimension is not fixed', async () => {
    const { inputs } = await describeModel(modelPath('resizable'));
    expect(inputs).toEqual([{ name: 'x', type: 'f32', shape: [-1, 2] }]);
  });
});

describe('a file that is not trusted', () => {
  const whole = readFileSync(modelPath('fully-connected-i8'));
  const described = async (bytes: Uint8Array) => {
    const path = join(folder, 'odd.tflite');
    writeFileSync(path, bytes);
    return describeModel(path).catch((error: unknown) => error);
  };

  it('is refused where it is cut off, at every byte', async () => {
    // The last bytes fill the file up to a multiple of four, or are those that a field may lack.
    for (let length = 0; length < whole.byteLength - 8; length++) {
      expect(await described(whole.subarray(0, length)), `${length}`).toSatisfy(
        InvalidArgumentError.isInstance,
      );
    }
  });

  it('is refused where many ports lead to one tensor of many scales', async () => {
    expect(await described(modelOf(3, 4))).toMatchObject({
      inputs: [1, 2, 3].map(() => ({ quantisation: { scale: [1, 1, 1, 1] } })),
    });
    expect(await described(modelOf(20_000, 20_000))).toSatisfy(InvalidArgumentError.isInstance);
  });

  it('gives a description or a refusal, whichever of its numbers is wrong', async () => {
    for (let at = 0; at + 4 <= whole.byteLength; at += 4) {
      for (const number of [0xff_ff_ff_ff, 0x7f_ff_ff_ff, 0]) {
        const bytes = Buffer.from(whole);
        bytes.writeUInt32LE(number, at);
        const result = await described(bytes);
        if (result instanceof Error) expect(result).toSatisfy(InvalidArgumentError.isInstance);
      }
    }
  });
});

/** A flatbuffer whose inputs are all the same tensor. */
function modelOf(inputs: number, scales: number): Buffer {
  const words = [0, Buffer.from('TFL3').readInt32LE()];
  const model = table(3);
  link(0, model);
  // Ways lead forwards only.
  const graphs = vector([0]);
  link(model + 3, graphs);
  const graph = table(2);
  link(graphs + 1, graph);
  const tensors = vector([0]);
  link(graph + 1, tensors);
  const tensor = table(5);
  link(tensors + 1, tensor);
  const quantization = table(3);
  link(tensor + 5, quantization);
  link(quantization + 3, vector(Array.from({ length: scales }, () => 0x3f_80_00_00)));
  link(graph + 2, vector(Array.from({ length: inputs }, () => 0)));
  const bytes = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) bytes.writeInt32LE(word, index * 4);
  return bytes;

  /** A field that is not linked is an empty vector. */
  function table(fields: number): number {
    const offsets = Array.from({ length: fields }, (_, index) => 4 + index * 4);
    const list = [4 + fields * 2, 4 + fields * 4, ...offsets, 0];
    const start = words.length;
    for (let index = 0; index + 1 < list.length; index += 2) {
      words.push((list[index] ?? 0) + (list[index + 1] ?? 0) * 2 ** 16);
    }
    words.push((words.length - start) * 4, ...offsets.map(() => 0));
    return words.length - 1 - fields;
  }

  function vector(values: readonly number[]): number {
    const start = words.push(values.length) - 1;
    for (const value of values) words.push(value);
    return start;
  }

  function link(place: number, to: number): void {
    words[place] = (to - place) * 4;
  }
}
