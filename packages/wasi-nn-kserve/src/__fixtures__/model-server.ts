import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { ProtoReader } from '../protocol/grpc/proto-reader.js';
import { readShape } from '../protocol/grpc/read-shape.js';
import type { ModelMetadata, ParameterValue } from '../protocol/messages.js';
import { answerMessage, answerStatus, type FakeCall, message, startGrpcServer } from './grpc-server.js';

/** A tensor as it is on the wire. */
export interface WireTensor {
  readonly name: string;
  readonly dataType: string;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** An inference that the fake server got. */
export interface FakeInference {
  readonly model: string;
  readonly version: string;
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly inputs: readonly WireTensor[];
  readonly outputs: readonly string[];
  readonly stream: ServerHttp2Stream;
}

/** What a fake server knows. */
export interface FakeModel {
  /** Default: nothing is said of inputs and outputs. */
  readonly metadata?: Partial<ModelMetadata>;
  /** Answers an inference; a number is a gRPC status, `never` is no answer. Default: the inputs, as outputs of the same names. */
  infer?(inference: FakeInference): readonly WireTensor[] | number | 'never';
}

/** A gRPC server on a free port, with one model, that remembers what it was asked. */
export async function startModelServer({ metadata = {}, infer = ({ inputs }) => inputs }: FakeModel) {
  const inferences: FakeInference[] = [];
  const calls: FakeCall[] = [];
  const server = await startGrpcServer((call) => {
    calls.push(call);
    const { stream, method } = call;
    if (method === 'ModelMetadata') return answerMessage(stream, metadataMessage(metadata));
    if (method !== 'ModelInfer')
      return answerMessage(
        stream,
        message((writer) => writer.uint(1, 1)),
      );
    const inference = readInference(call);
    inferences.push(inference);
    const answer = infer(inference);
    if (answer === 'never') return;
    if (typeof answer === 'number') answerStatus(stream, answer, 'as the test says');
    else answerMessage(stream, inferMessage(answer));
  });
  return {
    address: server.address,
    calls,
    inferences,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** The answer of ModelMetadata. */
export function metadataMessage({ name = '', inputs = [], outputs = [] }: Partial<ModelMetadata>): Buffer {
  return message((writer) => {
    writer.string(1, name);
    for (const [field, tensors] of [
      [4, inputs],
      [5, outputs],
    ] as const) {
      for (const tensor of tensors) {
        writer.message(field, () => {
          writer.string(1, tensor.name);
          writer.string(2, tensor.dataType);
          for (const length of tensor.shape) writer.int64(3, BigInt(length));
        });
      }
    }
  });
}

/** The answer of ModelInfer. */
export function inferMessage(outputs: readonly WireTensor[]): Buffer {
  return message((writer) => {
    for (const { name, dataType, shape } of outputs) {
      writer.message(5, () => {
        writer.string(1, name);
        writer.string(2, dataType);
        writer.packed(3, shape);
      });
    }
    for (const { data } of outputs) writer.bytes(6, data);
  });
}

function readInference({ headers, stream, message: bytes }: FakeCall): FakeInference {
  const reader = new ProtoReader(bytes);
  const texts = ['', '', '', ''];
  const parameters: Record<string, ParameterValue> = {};
  const inputs: Omit<WireTensor, 'data'>[] = [];
  const outputs: string[] = [];
  const raw: Buffer[] = [];
  while (reader.next()) {
    if (reader.field <= 3) texts[reader.field] = reader.string();
    else if (reader.field === 4) Object.assign(parameters, readParameter(reader.nested()));
    else if (reader.field === 5) inputs.push(readTensor(reader.nested()));
    else if (reader.field === 6) outputs.push(readTensor(reader.nested()).name);
    else raw.push(Buffer.from(reader.bytes()));
  }
  const [, model = '', version = '', id = ''] = texts;
  const tensors = inputs.map((input, index) => ({ ...input, data: raw[index] as Uint8Array }));
  return { model, version, id, headers, parameters, inputs: tensors, outputs, stream };
}

function readTensor(reader: ProtoReader): Omit<WireTensor, 'data'> {
  const texts = ['', '', ''];
  const shape: number[] = [];
  while (reader.next()) {
    if (reader.field <= 2) texts[reader.field] = reader.string();
    else if (reader.field === 3) readShape(reader, shape);
    else reader.skip();
  }
  const [, name = '', dataType = ''] = texts;
  return { name, dataType, shape };
}

function readParameter(reader: ProtoReader): Record<string, ParameterValue> {
  let name = '';
  let value: ParameterValue = '';
  while (reader.next()) {
    if (reader.field === 1) name = reader.string();
    else {
      const inner = reader.nested();
      inner.next();
      if (inner.field === 1) value = inner.bool();
      else if (inner.field === 2) value = inner.int64();
      else if (inner.field === 3) value = inner.string();
      else value = inner.fixed(8).readDoubleLE();
    }
  }
  return { [name]: value };
}
