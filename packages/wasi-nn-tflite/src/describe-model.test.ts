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
    for (let length = 0; length < whole.byteLength; length++) {
      const result = await described(whole.subarray(0, length));
      // What stands last may not be needed for a description.
      if (result instanceof Error) expect(result).toSatisfy(InvalidArgumentError.isInstance);
    }
    expect(await described(whole.subarray(0, whole.byteLength / 4))).toBeInstanceOf(Error);
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
