import { setMaxListeners } from 'node:events';
import type { Dispatcher } from 'undici';
import { maxControlBytes } from '../../protocol/bounds.js';
import {
  readModelMetadata,
  readRepositoryIndex,
  readServerMetadata,
} from '../../protocol/json/control-messages.js';
import { writeInferRequest } from '../../protocol/json/infer-request.js';
import { readInferResponse } from '../../protocol/json/infer-response.js';
import { NotInJson } from '../../protocol/json/tensor-values.js';
import type {
  InferRequest,
  InferResponse,
  ModelMetadata,
  ModelName,
  RepositoryModel,
  ServerMetadata,
} from '../../protocol/messages.js';
import { orAborted } from '../aborted.js';
import { callFailure, notInUse, readAnswer, shownText, tooLargeRequest } from '../call-failure.js';
import { checkHeaders } from '../call-headers.js';
import type { ServerAddress } from '../server-address.js';
import type { CallOptions, SharedRegion, Transport } from '../transport.js';
import type { TransportOptions } from '../transport-options.js';
import { type HttpAnswer, httpCall } from './http-call.js';
import { jsonLength } from './json-length.js';
import { openDispatcher } from './open-dispatcher.js';
import { modelPath, regionPath } from './paths.js';
import { statusFailure } from './status-failure.js';

/** A server by HTTP/1.1: tensors in binary form where the server's extensions have it, and as JSON otherwise. */
export class HttpTransport implements Transport {
  readonly address: string;
  #dispatcher: Promise<Dispatcher> | undefined;
  #isBinary: boolean | undefined;
  readonly #closing = new AbortController();

  constructor(
    readonly server: ServerAddress,
    readonly options: TransportOptions,
  ) {
    this.address = server.text;
    // Each connection that is being made listens.
    setMaxListeners(0, this.#closing.signal);
  }

  isLive(options: CallOptions): Promise<boolean> {
    return this.#isHealthy('/v2/health/live', options);
  }

  isReady(options: CallOptions): Promise<boolean> {
    return this.#isHealthy('/v2/health/ready', options);
  }

  isModelReady(model: ModelName, options: CallOptions): Promise<boolean> {
    return this.#isHealthy(`${modelPath(model)}/ready`, options);
  }

  async serverMetadata(options: CallOptions): Promise<ServerMetadata> {
    const { body } = await this.#control('GET', '/v2', options);
    return readAnswer(this.server, () => readServerMetadata(body));
  }

  async modelMetadata(model: ModelName, options: CallOptions): Promise<ModelMetadata> {
    const { body } = await this.#control('GET', modelPath(model), options);
    return readAnswer(this.server, () => readModelMetadata(body));
  }

  async repositoryIndex(options: CallOptions): Promise<readonly RepositoryModel[]> {
    const { body } = await this.#control('POST', '/v2/repository/index', options, '{}');
    return readAnswer(this.server, () => readRepositoryIndex(body));
  }

  async registerRegion({ name, key, byteLength }: SharedRegion, options: CallOptions): Promise<void> {
    const body = JSON.stringify({ key, offset: 0, byte_size: byteLength });
    await this.#control('POST', `${regionPath(name)}/register`, options, body);
  }

  async unregisterRegion(name: string, options: CallOptions): Promise<void> {
    await this.#control('POST', `${regionPath(name)}/unregister`, options, '{}');
  }

  async infer(request: InferRequest, options: CallOptions): Promise<InferResponse> {
    this.#isBinary ??= await this.#hasBinaryTensors(options);
    const { maxMessageBytes } = this.options;
    const { json, tensors } = this.#write(request, this.#isBinary);
    const bytes = tensors.reduce((sum, { byteLength }) => sum + byteLength, json.byteLength);
    if (bytes > maxMessageBytes) throw tooLargeRequest(this.server, bytes, maxMessageBytes);
    const path = `${modelPath(request.model)}/infer`;
    const answer = await this.#call(
      'POST',
      path,
      options,
      tensors.length === 0 ? json : Buffer.concat([json, ...tensors], bytes),
      this.#isBinary
        ? {
            'content-type': 'application/octet-stream',
            'inference-header-content-length': String(json.byteLength),
          }
        : { 'content-type': 'application/json' },
      maxMessageBytes,
    );
    if (answer.status !== 200) throw statusFailure(this.server, path, answer);
    const shared = new Set(request.outputs.flatMap(({ name, into }) => (into === undefined ? [] : [name])));
    return readAnswer(this.server, () =>
      readInferResponse({
        body: answer.body,
        jsonBytes: jsonLength(answer),
        shared,
        maxTensorBytes: maxMessageBytes,
      }),
    );
  }

  close(): void {
    this.#closing.abort();
    this.#dispatcher?.then((dispatcher) => dispatcher.destroy()).catch(() => undefined);
  }

  #write(request: InferRequest, isBinary: boolean): ReturnType<typeof writeInferRequest> {
    try {
      return writeInferRequest(request, isBinary);
    } catch (error) {
      if (!(error instanceof NotInJson)) throw error;
      const text = `takes tensors only as JSON. ${shownText(error.message)}. Use the server's gRPC address`;
      throw callFailure('invalid', this.server, text, { cause: error });
    }
  }

  /** Servers that do not tell anything of themselves take JSON. */
  async #hasBinaryTensors(options: CallOptions): Promise<boolean> {
    const answer = await this.#request('GET', '/v2', options);
    if (answer.status !== 200) {
      const failure = statusFailure(this.server, '/v2', answer);
      if (failure.kind === 'unsupported') return false;
      throw failure;
    }
    const { extensions } = readAnswer(this.server, () => readServerMetadata(answer.body));
    return extensions.includes('binary_tensor_data');
  }

  async #isHealthy(path: string, options: CallOptions): Promise<boolean> {
    const answer = await this.#request('GET', path, options);
    if (answer.status === 200) return true;
    // "Not ready" is 400 of Triton, and 503 of others.
    if (answer.status === 400 || answer.status === 503) return false;
    throw statusFailure(this.server, path, answer);
  }

  async #control(
    method: 'GET' | 'POST',
    path: string,
    options: CallOptions,
    json?: string,
  ): Promise<HttpAnswer> {
    const answer = await this.#request(method, path, options, json);
    if (answer.status !== 200) throw statusFailure(this.server, path, answer);
    return answer;
  }

  #request(method: 'GET' | 'POST', path: string, options: CallOptions, json?: string): Promise<HttpAnswer> {
    const maxBytes = Math.min(this.options.maxMessageBytes, maxControlBytes);
    const body = json === undefined ? undefined : Buffer.from(json);
    const type: Record<string, string> = json === undefined ? {} : { 'content-type': 'application/json' };
    return this.#call(method, path, options, body, type, maxBytes);
  }

  async #call(
    method: 'GET' | 'POST',
    path: string,
    { signal, headers }: CallOptions,
    body: Uint8Array | undefined,
    ownHeaders: Readonly<Record<string, string>>,
    maxAnswerBytes: number,
  ): Promise<HttpAnswer> {
    signal.throwIfAborted();
    checkHeaders(this.server, headers);
    if (this.#closing.signal.aborted) throw notInUse(this.server);
    this.#dispatcher ??= openDispatcher(this.server, this.options, this.#closing.signal);
    const dispatcher = await orAborted(this.#dispatcher, signal);
    signal.throwIfAborted();
    return httpCall(this.server, dispatcher, {
      method,
      path: `${this.server.prefix}${path}`,
      headers: { ...headers, ...ownHeaders, accept: '*/*', 'accept-encoding': 'identity' },
      body,
      maxAnswerBytes,
      signal,
    });
  }
}
