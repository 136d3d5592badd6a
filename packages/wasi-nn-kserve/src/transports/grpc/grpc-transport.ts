import { maxControlBytes } from '../../protocol/bounds.js';
import {
  readModelMetadata,
  readReady,
  readRepositoryIndex,
  readServerMetadata,
  writeModelName,
} from '../../protocol/grpc/control-messages.js';
import { writeInferRequest } from '../../protocol/grpc/infer-request.js';
import { rawContentsBegin, readInferResponse } from '../../protocol/grpc/infer-response.js';
import { ProtoWriter } from '../../protocol/grpc/proto-writer.js';
import type {
  InferRequest,
  InferResponse,
  ModelMetadata,
  ModelName,
  RepositoryModel,
  ServerMetadata,
} from '../../protocol/messages.js';
import { readAnswer, tooLargeRequest } from '../call-failure.js';
import { checkHeaders } from '../call-headers.js';
import type { ServerAddress } from '../server-address.js';
import type { CallOptions, SharedRegion, Transport } from '../transport.js';
import type { TransportOptions } from '../transport-options.js';
import { type ExpectedAnswer, framePrefixBytes } from './answer-frame.js';
import { GrpcConnections } from './grpc-connections.js';
import { defaultKeepAliveTimes } from './keep-alive.js';
import { grpcTimeout } from './timeout.js';
import { unaryCall } from './unary-call.js';

/** A server by gRPC: service `inference.GRPCInferenceService`, tensors raw. */
export class GrpcTransport implements Transport {
  readonly address: string;
  readonly #connections: GrpcConnections;

  constructor(
    readonly server: ServerAddress,
    readonly options: TransportOptions,
    times = defaultKeepAliveTimes,
  ) {
    this.address = server.text;
    this.#connections = new GrpcConnections(server, options, times);
  }

  isLive(options: CallOptions): Promise<boolean> {
    return this.#control('ServerLive', () => undefined, readReady, options);
  }

  isReady(options: CallOptions): Promise<boolean> {
    return this.#control('ServerReady', () => undefined, readReady, options);
  }

  isModelReady(model: ModelName, options: CallOptions): Promise<boolean> {
    return this.#control('ModelReady', (writer) => writeModelName(writer, model), readReady, options);
  }

  serverMetadata(options: CallOptions): Promise<ServerMetadata> {
    return this.#control('ServerMetadata', () => undefined, readServerMetadata, options);
  }

  modelMetadata(model: ModelName, options: CallOptions): Promise<ModelMetadata> {
    return this.#control(
      'ModelMetadata',
      (writer) => writeModelName(writer, model),
      readModelMetadata,
      options,
    );
  }

  repositoryIndex(options: CallOptions): Promise<readonly RepositoryModel[]> {
    return this.#control('RepositoryIndex', () => undefined, readRepositoryIndex, options);
  }

  async registerRegion({ name, key, byteLength }: SharedRegion, options: CallOptions): Promise<void> {
    const write = (writer: ProtoWriter) => {
      writer.string(1, name);
      writer.string(2, key);
      writer.uint(4, byteLength);
    };
    await this.#control('SystemSharedMemoryRegister', write, () => undefined, options);
  }

  async unregisterRegion(name: string, options: CallOptions): Promise<void> {
    const write = (writer: ProtoWriter) => writer.string(1, name);
    await this.#control('SystemSharedMemoryUnregister', write, () => undefined, options);
  }

  async infer(request: InferRequest, options: CallOptions): Promise<InferResponse> {
    const { maxMessageBytes } = this.options;
    const message = await this.#call(
      'ModelInfer',
      (writer) => writeInferRequest(writer, request),
      { maxBytes: maxMessageBytes, alignAt: rawContentsBegin },
      options,
    );
    const shared = new Set(request.outputs.flatMap(({ name, into }) => (into === undefined ? [] : [name])));
    return readAnswer(this.server, () => readInferResponse(message, shared, maxMessageBytes));
  }

  close(): void {
    this.#connections.close();
  }

  async #control<Result>(
    method: string,
    write: (writer: ProtoWriter) => void,
    read: (message: Buffer) => Result,
    options: CallOptions,
  ): Promise<Result> {
    const maxBytes = Math.min(this.options.maxMessageBytes, maxControlBytes);
    const message = await this.#call(method, write, { maxBytes }, options);
    return readAnswer(this.server, () => read(message));
  }

  async #call(
    method: string,
    write: (writer: ProtoWriter) => void,
    answer: ExpectedAnswer,
    { signal, timeoutMs, headers }: CallOptions,
  ): Promise<Buffer> {
    signal.throwIfAborted();
    checkHeaders(this.server, headers);
    const writer = new ProtoWriter(framePrefixBytes);
    write(writer);
    const bytes = writer.byteLength - framePrefixBytes;
    const { maxMessageBytes } = this.options;
    if (bytes > maxMessageBytes) throw tooLargeRequest(this.server, bytes, maxMessageBytes);
    const chunks = writer.finish();
    setFramePrefix(chunks[0] as Uint8Array, bytes);
    const session = this.#connections.take() ?? (await this.#connections.waitAndTake(signal));
    return unaryCall(this.server, session, {
      headers: {
        ':method': 'POST',
        ':path': `/inference.GRPCInferenceService/${method}`,
        'content-type': 'application/grpc',
        te: 'trailers',
        'grpc-timeout': grpcTimeout(timeoutMs),
        'grpc-accept-encoding': 'identity',
        ...headers,
      },
      chunks,
      answer,
      signal,
    });
  }
}

/** Not compressed, and the length in network order. */
function setFramePrefix(chunk: Uint8Array, bytes: number): void {
  const view = new DataView(chunk.buffer, chunk.byteOffset, framePrefixBytes);
  view.setUint8(0, 0);
  view.setUint32(1, bytes);
}
