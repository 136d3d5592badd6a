import { randomBytes } from 'node:crypto';
import type { HostRequest } from '../host-request.js';
import type { Signature } from '../models/signature.js';
import type { InferRequest, InferResponse } from '../protocol/messages.js';
import type { ServerCall } from '../servers/call-server.js';
import type { SentInput } from '../tensors/to-input.js';
import { type LoadedRemote, parametersOf, serverCall } from './loaded-remote.js';
import { OutputSizes } from './output-sizes.js';

/** By this and a number, the requests of this thread are found in a server's log. */
const idPrefix = randomBytes(6).toString('hex');
let lastRequest = 0;

/** Milliseconds that the servers have to let shared memory go. */
const closeMs = 5000;

/** Inferences of a model, for all of its contexts. */
export class Inference {
  readonly #remote: LoadedRemote;
  readonly #call: ServerCall;
  readonly #outputs: InferRequest['outputs'];
  readonly #parameters: InferRequest['parameters'];
  readonly #sizes: OutputSizes;
  /** What the last request had, by which shared memory is let go. */
  #headers: Readonly<Record<string, string>> = {};

  constructor(remote: LoadedRemote, { outputs }: Signature) {
    this.#remote = remote;
    this.#call = serverCall(remote, {});
    this.#outputs = outputs.map(({ name }) => ({ name }));
    this.#parameters = parametersOf(remote);
    this.#sizes = new OutputSizes(outputs);
  }

  /** @throws {BackendFailure} when no server has done it; the reason of `signal`, which ends it. */
  async infer(inputs: readonly SentInput[], host: HostRequest, signal: AbortSignal): Promise<InferResponse> {
    const { caller, memory } = this.#remote;
    const call = { ...this.#call, headers: host.headers ?? {}, signal };
    const request: InferRequest = {
      model: call.model,
      id: `${idPrefix}-${++lastRequest}`,
      parameters: this.#parameters,
      inputs,
      outputs: this.#outputs,
    };
    if (memory === undefined) {
      return caller.call(call, (transport, options) => transport.infer(request, options));
    }
    this.#headers = call.headers;
    const response = await caller.call(call, (transport, options) =>
      this.#sizes.use(inputs, call.isRepeatable, (sizes) => memory.infer(transport, request, options, sizes)),
    );
    this.#sizes.remember(inputs, response);
    return response;
  }

  /** Lets shared memory go. */
  async close(): Promise<void> {
    const signal = AbortSignal.timeout(closeMs);
    await this.#remote.memory?.close({ signal, timeoutMs: closeMs, headers: this.#headers });
  }
}
