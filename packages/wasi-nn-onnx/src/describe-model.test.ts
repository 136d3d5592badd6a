import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { afterAll, describe, expect, it } from 'vitest';
import { describeModel } from './describe-model.js';

const modelPath = (name: string) =>
  fileURLToPath(new URL(`../conformance/models/${name}.onnx`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'describe-model-'));
afterAll(() => rmSync(folder, { recursive: true }));

// Names, types and shapes are those that tools/models/onnx_models.py has the package onnx write.
describe('what a file tells of its model', () => {
  it('is names, types and shapes', async () => {
    expect(await describeModel(modelPath('add'))).toEqual({
      format: 'ONNX',
      bytes: readFileSync(modelPath('add')).byteLength,
      inputs: [
        { name: 'a', type: 'f32', shape: [2, 3] },
        { name: 'b', type: 'f32', shape: [2, 3] },
      ],
      outputs: [{ name: 'result', type: 'f32', shape: [2, 3] }],
      notes: [],
    });
  });

  it.each(['f16', 'f32', 'f64', 'u8', 'i8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'bool'])(
    'is the type %s',
    async (type) => {
      const { inputs, outputs } = await describeModel(modelPath(`echo-${type}`));
      expect([...inputs, ...outputs].map((port) => port.type)).toEqual([type, type]);
    },
  );

  it('is which dimension is not fixed, and that the number of dimensions is not', async () => {
    expect((await describeModel(modelPath('dynamic'))).inputs).toEqual([
      { name: 'x', type: 'f32', shape: [-1, 2] },
    ]);
    expect((await describeModel(modelPath('shapeless'))).inputs).toEqual([{ name: 'x', type: 'f32' }]);
  });

  it('is no constant, also where it stands among the inputs', async () => {
    expect((await describeModel(modelPath('old-style'))).inputs.map(({ name }) => name)).toEqual(['x']);
  });

  it('is what is no tensor of numbers', async () => {
    expect((await describeModel(modelPath('strings-in'))).inputs[0]?.type).toBe('string');
    expect((await describeModel(modelPath('sequence'))).outputs[0]?.type).toBe('a sequence');
  });

  it('is in which files tensors lie besides', async () => {
    expect((await describeModel(modelPath('external'))).notes).toEqual([
      'Tensors of it lie in other files: external.bin.',
    ]);
    expect((await describeModel(modelPath('external-branch'))).notes).toEqual([
      'Tensors of it lie in other files: external.bin.',
    ]);
  });
});

describe('a file that is not trusted', () => {
  const whole = readFileSync(modelPath('external-branch'));
  const described = async (bytes: Uint8Array) => {
    const path = join(folder, 'odd.onnx');
    writeFileSync(path, bytes);
    return describeModel(path).catch((error: unknown) => error);
  };

  it('is refused where it is cut off, at every byte', async () => {
    for (let length = 0; length < whole.byteLength; length++) {
      expect(await described(whole.subarray(0, length)), `${length}`).toSatisfy(
        InvalidArgumentError.isInstance,
      );
    }
  });

  it('gives a description or a refusal, whichever of its bytes is wrong', async () => {
    for (let at = 0; at < whole.byteLength; at++) {
      for (const byte of [0xff, 0x7f, 0]) {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        const result = await described(bytes);
        if (result instanceof Error) expect(result).toSatisfy(InvalidArgumentError.isInstance);
      }
    }
  });

  it('is refused where graphs are in each other without an end', async () => {
    // A graph, with a node, with an attribute, with a graph; lengths are of two bytes.
    const field = (number: number, bytes: Buffer) =>
      Buffer.concat([Buffer.from([number * 8 + 2, (bytes.length & 0x7f) | 0x80, bytes.length >> 7]), bytes]);
    let graph = Buffer.alloc(0);
    for (let depth = 0; depth < 100; depth++) graph = field(1, field(5, field(6, graph)));
    expect(await described(field(7, graph))).toMatchObject({
      message: expect.stringContaining('more than 100 deep'),
    });
  });
});
