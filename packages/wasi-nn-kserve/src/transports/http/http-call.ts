import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import { callFailure, droppedFailure, shownText, tooLargeAnswer } from '../call-failure.js';
import { connectFailure, isTlsProblem } from '../connect-failure.js';
import { RemoteFailure } from '../remote-failure.js';
import type { ServerAddress } from '../server-address.js';
import { AnswerBody } from './answer-body.js';

/** A whole answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What is sent. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  readonly maxAnswerBytes: number;
  readonly signal: AbortSignal;
}

/**
 * One request, and its answer whatever its status is.
 *
 * @throws {RemoteFailure} or the signal's reason
 */
export function httpCall(
  address: ServerAddress,
  dispatcher: Dispatcher,
  { method, path, headers, body, maxAnswerBytes, signal }: HttpRequest,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const call = new HttpCall(address, maxAnswerBytes, signal, resolve, reject);
    dispatcher.dispatch(
      { method, path, headers, body: body ?? null, headersTimeout: 0, bodyTimeout: 0 },
      call,
    );
  });
}

class HttpCall implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  #body: AnswerBody | undefined;
  #isSettled = false;

  constructor(
    readonly address: ServerAddress,
    readonly maxBytes: number,
    readonly signal: AbortSignal,
    readonly resolve: (answer: HttpAnswer) => void,
    readonly reject: (reason: unknown) => void,
  ) {
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  readonly #onAbort = () => this.#fail(this.signal.reason);

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isSettled) controller.abort(new Error('not wanted any more'));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    const encoding = headers['content-encoding'] ?? 'identity';
    const length = headers['content-length'];
    const announced = length === undefined ? undefined : Number(length);
    if (encoding !== 'identity') {
      this.#fail(
        callFailure('malformed', this.address, 'sent a compressed answer, which it was not asked for'),
      );
    } else if (announced !== undefined && announced > this.maxBytes) {
      this.#fail(tooLargeAnswer(this.address, this.maxBytes));
    } else this.#body = new AnswerBody(this.maxBytes, announced);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#isSettled && this.#body?.add(chunk) === false) {
      this.#fail(tooLargeAnswer(this.address, this.maxBytes));
    }
  }

  onResponseEnd(): void {
    if (this.#isSettled) return;
    this.#settle();
    this.resolve({
      status: this.#status,
      headers: this.#headers,
      body: this.#body?.bytes ?? Buffer.alloc(0),
    });
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.#fail(this.#failure(error));
  }

  #failure(error: Error & { readonly code?: string }): RemoteFailure {
    if (error instanceof RemoteFailure) return error;
    // With TLS 1.3, a server refuses the client's certificate only after the request has gone.
    if (this.#controller === undefined || isTlsProblem(error)) return connectFailure(this.address, error);
    const { code = '' } = error;
    if (code === 'UND_ERR_HEADERS_OVERFLOW') {
      return callFailure('malformed', this.address, 'sent more headers than are taken', { cause: error });
    }
    if (error.name === 'HTTPParserError' || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
      const text = `answered something that is not HTTP (${shownText(error.message)}). Check the port`;
      return callFailure('malformed', this.address, text, { cause: error });
    }
    return droppedFailure(this.address, error);
  }

  #fail(reason: unknown): void {
    if (this.#isSettled) return;
    this.#settle();
    this.reject(reason);
    this.#controller?.abort(new Error('not wanted any more'));
  }

  #settle(): void {
    this.#isSettled = true;
    this.signal.removeEventListener('abort', this.#onAbort);
  }
}
