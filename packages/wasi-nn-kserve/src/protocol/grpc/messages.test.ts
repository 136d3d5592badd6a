import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { typeInputs } from '../../__fixtures__/type-inputs.js';
import type { InferRequest } from '../messages.js';
import {
  readModelMetadata,
  readReady,
  readRepositoryIndex,
  readServerMetadata,
  writeModelName,
} from './control-messages.js';
import { writeInferRequest } from './infer-request.js';
import { readInferResponse } from './infer-response.js';
import { ProtoWriter } from './proto-writer.js';

/** As the protobuf classes of Triton's client in Python write them. */
const messages = JSON.parse(readFileSync(new URL('__fixtures__/messages.json', import.meta.url), 'utf8'));

const none: ReadonlySet<string> = new Set();

function written(write: (writer: ProtoWriter) => void): Buffer {
  const writer = new ProtoWriter();
  write(writer);
  const { byteLength } = writer;
  const bytes = Buffer.concat(writer.finish());
  expect(bytes.byteLength).toBe(byteLength);
  return bytes;
}

function bytesOf(name: string): Buffer {
  return Buffer.from(messages[name], 'hex');
}

describe('what is sent', () => {
  test('an inference with parameters of every kind, and ranges of shared memory', () => {
    const request: InferRequest = {
      model: { name: 'mé', version: '3' },
      id: 'one',
      parameters: {
        a_bool: false,
        b_int: -1,
        c_zero: 0,
        d_text: '',
        e_double: 0.5,
        f_uint: 18_446_744_073_709_551_615n,
      },
      inputs: [
        { name: 'x', dataType: 'FP32', shape: [1, 300, 0], data: Uint8Array.of(0, 1, 2, 3, 4) },
        {
          name: 'y'.repeat(200),
          dataType: 'INT64',
          shape: [],
          data: { region: 'r', offset: 64, byteLength: 8 },
        },
      ],
      outputs: [{ name: 'out' }],
    };
    const bytes = written((writer) => writeInferRequest(writer, request));
    expect(bytes.toString('hex')).toBe(messages.inferRequest);
  });

  test('a large tensor as a chunk of its own, which is not copied', () => {
    const large = Uint8Array.from({ length: 20_000 }, (_, index) => index % 251);
    const writer = new ProtoWriter();
    writeInferRequest(writer, {
      model: { name: 'm' },
      id: '',
      parameters: {},
      inputs: [
        { name: 'x', dataType: 'UINT8', shape: [20_000], data: large },
        { name: 'y', dataType: 'UINT8', shape: [1], data: Uint8Array.of(7) },
      ],
      outputs: [],
    });
    const chunks = writer.finish();
    expect(chunks[1]).toBe(large);
    const bytes = Buffer.concat(chunks);
    expect(bytes.byteLength).toBe(messages.largeRequest.byteLength);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(messages.largeRequest.sha256);
  });

  test('the name of a model', () => {
    const bytes = written((writer) => writeModelName(writer, { name: 'm', version: '2' }));
    expect(bytes.toString('hex')).toBe(messages.modelReadyRequest);
  });

  test('a region', () => {
    const bytes = written((writer) => {
      writer.string(1, 'r');
      writer.string(2, '/r');
      writer.uint(4, 2 ** 33);
    });
    expect(bytes.toString('hex')).toBe(messages.registerRequest);
  });
});

describe('what is read', () => {
  test('tensors that came as numbers, of every type that has them', () => {
    const { outputs, ...rest } = readInferResponse(bytesOf('typedResponse'), none, 1000);
    expect(rest).toEqual({ model: { name: 'types', version: '1' }, id: 'typed' });
    const expected = typeInputs.filter(({ dataType }) => dataType !== 'FP16' && dataType !== 'BF16');
    expect(outputs).toEqual(
      expected.map((input) => ({ ...input, data: Buffer.from(input.data as Uint8Array) })),
    );
  });

  test('raw tensors, which are views of the message', () => {
    const message = bytesOf('rawResponse');
    const { outputs } = readInferResponse(message, none, 0);
    expect(outputs).toEqual([
      { name: 'a', dataType: 'FP16', shape: [1, 2], data: Buffer.from('003c00c0', 'hex') },
      { name: 'b', dataType: 'UINT8', shape: [], data: Buffer.of(9) },
    ]);
    expect(outputs[0]?.data?.buffer).toBe(message.buffer);
  });

  test('the rest', () => {
    expect(readReady(bytesOf('ready'))).toBe(true);
    expect(readReady(bytesOf('notReady'))).toBe(false);
    expect(readServerMetadata(bytesOf('serverMetadata'))).toEqual({
      name: 'triton',
      version: '2',
      extensions: ['a', 'b'],
    });
    expect(readModelMetadata(bytesOf('modelMetadata'))).toEqual({
      name: 'm',
      versions: ['1', '2'],
      platform: 'python',
      inputs: [{ name: 'x', dataType: 'FP32', shape: [-1, 3, 2 ** 40] }],
      outputs: [{ name: 'y', dataType: 'ODD', shape: [] }],
    });
    expect(readRepositoryIndex(bytesOf('repositoryIndex'))).toEqual([
      { name: 'm', version: '1', state: 'READY' },
      { name: 'n', version: '', state: '' },
    ]);
  });
});
