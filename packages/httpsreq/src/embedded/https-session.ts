import type { BlockingCaller } from '@wasmedge-plugins/core';
import type { HttpsRequestEnd } from '../hook-options.js';
import type { CheckedRules } from '../options.js';
import { exchangeTask, tellHookTask } from '../task-references.js';
import type { ExchangeAnswer, ExchangeRequest } from './exchange-request.js';
import type { AskedRequest, HttpsGate } from './https-gate.js';
import { RequestRecord } from './request-record.js';
import { typedError } from './typed-error.js';

/** Makes requests while this thread waits. */
export class HttpsSession {
  readonly #gate: HttpsGate;
  readonly #onResponse: CheckedRules['onResponse'];
  readonly #blocking: Pick<BlockingCaller, 'call'>;
  #received: Uint8Array = new Uint8Array(0);

  constructor(gate: HttpsGate, { onResponse }: CheckedRules, blocking: Pick<BlockingCaller, 'call'>) {
    this.#gate = gate;
    this.#onResponse = onResponse;
    this.#blocking = blocking;
  }

  /** The last raw response; stays when a later request fails. */
  get received(): Uint8Array {
    return this.#received;
  }

  /** Makes a request and keeps the raw response. */
  send(asked: AskedRequest): void {
    this.#received = this.request(asked, 'raw').bytes;
  }

  /** Makes a request. */
  request(asked: AskedRequest, answer: ExchangeRequest['answer']): ExchangeAnswer {
    const info = this.#gate.describe(asked);
    const record = new RequestRecord(info);
    let result: ExchangeAnswer;
    try {
      const request = this.#gate.admit(asked, info, answer);
      result = this.#blocking.call<ExchangeAnswer>(exchangeTask, request, transferOf(request));
    } catch (thrown) {
      const error = typedError(thrown);
      this.#tell(record.failed(error));
      throw error;
    }
    this.#tell(record.succeeded(result));
    return result;
  }

  #tell(end: HttpsRequestEnd): void {
    if (typeof this.#onResponse === 'function') {
      this.#onResponse(end);
    } else if (this.#onResponse !== undefined) {
      this.#blocking.call(tellHookTask, { hook: this.#onResponse, end });
    }
  }
}

/** The request's bytes are a copy that nobody else has, so they are moved. */
function transferOf({ bytes }: ExchangeRequest): { transfer: ArrayBuffer[] } {
  return { transfer: [bytes.buffer] };
}
