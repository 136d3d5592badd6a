import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  readRepositoryIndex as readGrpcIndex,
  readModelMetadata as readGrpcModel,
  readServerMetadata as readGrpcServer,
  readReady,
} from './grpc/control-messages.js';
import { readInferResponse as readGrpcAnswer } from './grpc/infer-response.js';
import {
  readErrorText,
  readRepositoryIndex as readJsonIndex,
  readModelMetadata as readJsonModel,
  readServerMetadata as readJsonServer,
} from './json/control-messages.js';
import { readInferResponse as readJsonAnswer } from './json/infer-response.js';
import { MalformedMessage } from './malformed.js';
import type { InferResponse } from './messages.js';

const maxTensorBytes = 65_536;
const shared = new Set(['b']);

const vectors: Record<string, string> = JSON.parse(
  readFileSync(new URL('grpc/__fixtures__/messages.json', import.meta.url), 'utf8'),
);
const grpcMessages = [
  'typedResponse',
  'rawResponse',
  'ready',
  'serverMetadata',
  'modelMetadata',
  'repositoryIndex',
].map((name) => Buffer.from(vectors[name] ?? '', 'hex'));

const jsonMessages = [
  '{"model_name":"m","outputs":[{"name":"a","datatype":"INT64","shape":[2,1],"data":[[1],[9007199254740993]]},{"name":"b","datatype":"FP32","shape":[1]}]}',
  '{"outputs":[{"data":["x","\\u00e9"],"name":"t","datatype":"BYTES","shape":[2]},{"name":"c","datatype":"BOOL","shape":[2],"data":[true,false]}],"id":null}',
  '{"outputs":[{"name":"r","datatype":"FP32","shape":[1],"parameters":{"binary_data_size":4}}]}',
  '{"name":"m","versions":["1"],"platform":"p","inputs":[{"name":"x","datatype":"FP32","shape":[-1,3]}],"outputs":[]}',
  '{"name":"s","version":"2","extensions":["binary_tensor_data"]}',
  '[{"name":"m","version":"1","state":"READY"}]',
  '{"error":"no"}',
].map((text) => Buffer.from(text));

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The message with a few bytes changed, doubled, cut out or put in. */
function mutated(bytes: Buffer, random: () => number): Buffer {
  let result = Buffer.from(bytes);
  const below = (end: number) => Math.floor(random() * end);
  for (let changes = 1 + below(4); changes > 0; changes -= 1) {
    const at = below(result.byteLength);
    const to = at + below(result.byteLength - at);
    const kind = below(5);
    if (result.byteLength === 0 || kind === 0) result = Buffer.concat([result, Buffer.of(below(256))]);
    else if (kind === 1) result[at] = below(256);
    else if (kind === 2) result = result.subarray(0, at);
    else if (kind === 3) result = Buffer.concat([result.subarray(0, to), result.subarray(at)]);
    else result = Buffer.concat([result.subarray(0, at), result.subarray(to)]);
  }
  return result;
}

/** Reads it in every way; says how many ways took it. */
function read(bytes: Buffer, readers: readonly ((bytes: Buffer) => unknown)[]): number {
  let taken = 0;
  for (const reader of readers) {
    try {
      reader(bytes);
      taken += 1;
    } catch (error) {
      // Anything else is a fault of the reader.
      if (!(error instanceof MalformedMessage)) throw error;
    }
  }
  return taken;
}

function checkAnswer({ outputs }: InferResponse, bytes: Buffer): void {
  const total = outputs.reduce((sum, { data }) => sum + (data?.byteLength ?? 0), 0);
  expect(total).toBeLessThanOrEqual(maxTensorBytes + bytes.byteLength);
}

const grpcReaders = [
  readReady,
  readGrpcServer,
  readGrpcModel,
  readGrpcIndex,
  (bytes: Buffer) => checkAnswer(readGrpcAnswer(bytes, shared, maxTensorBytes), bytes),
];

const jsonReaders = [
  readErrorText,
  readJsonServer,
  readJsonModel,
  readJsonIndex,
  (body: Buffer) => {
    const jsonBytes = Math.min(body.byteLength, body.indexOf('}]}') + 3);
    checkAnswer(readJsonAnswer({ body, jsonBytes, shared, maxTensorBytes }), body);
  },
];

test.each([
  ['protobuf', grpcMessages, grpcReaders],
  ['JSON', jsonMessages, jsonReaders],
] as const)('changed %s is read, or refused as malformed', (_, messages, readers) => {
  let taken = 0;
  for (let seed = 1; seed <= 3000; seed += 1) {
    const random = randomNumbers(seed);
    const message = messages[seed % messages.length] as Buffer;
    try {
      taken += read(mutated(message, random), readers);
    } catch (error) {
      throw new Error(`with seed ${seed}`, { cause: error });
    }
  }
  // Otherwise nothing but the first byte would have been looked at.
  expect(taken).toBeGreaterThan(300);
});
