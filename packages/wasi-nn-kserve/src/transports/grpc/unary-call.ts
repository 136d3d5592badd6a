import {
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { onAbort } from '@wasmedge-plugins/core';
import { callFailure, droppedFailure, tooLargeAnswer } from '../call-failure.js';
import { connectFailure } from '../connect-failure.js';
import type { RemoteFailure } from '../remote-failure.js';
import type { ServerAddress } from '../server-address.js';
import { AnswerFrame, type ExpectedAnswer } from './answer-frame.js';
import { headersFailure, maxHeaders, readStatus, tooManyHeaders, withoutStatus } from './answer-headers.js';
import type { GrpcSession } from './grpc-session.js';

/** What is sent for a call. */
export interface UnaryRequest {
  readonly headers: OutgoingHttpHeaders;
  /** The framed message. It must not change until the call is done. */
  readonly chunks: readonly Uint8Array[];
  readonly answer: ExpectedAnswer;
  readonly signal: AbortSignal;
}

/**
 * One message there, one back.
 *
 * @param session on which a place has been taken for the call
 * @throws {RemoteFailure} or the signal's reason
 */
export function unaryCall(
  address: ServerAddress,
  session: GrpcSession,
  request: UnaryRequest,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let stream: ClientHttp2Stream;
    try {
      // It may have been aborted while it waited for a connection.
      request.signal.throwIfAborted();
      stream = session.session.request(request.headers);
    } catch (error) {
      session.finish();
      throw request.signal.aborted ? error : connectFailure(address, error);
    }
    new UnaryCall(address, session, stream, request, resolve, reject).send();
  });
}

class UnaryCall {
  readonly #frame: AnswerFrame;
  readonly #forgetSignal: () => void;
  #status: RemoteFailure | 'OK' | undefined;
  #error: Error | undefined;
  #isEnded = false;
  #isAnswered = false;
  #isSettled = false;

  constructor(
    readonly address: ServerAddress,
    readonly session: GrpcSession,
    readonly stream: ClientHttp2Stream,
    readonly request: UnaryRequest,
    readonly resolve: (message: Buffer) => void,
    readonly reject: (reason: unknown) => void,
  ) {
    this.#frame = new AnswerFrame(request.answer);
    this.#forgetSignal = onAbort(request.signal, () => this.#fail(request.signal.reason));
    stream.on('response', (headers) => this.#onHeaders(headers));
    stream.on('trailers', (headers) => this.#onTrailers(headers));
    stream.on('data', (chunk: Buffer) => this.#onData(chunk));
    stream.on('end', () => {
      this.#isEnded = true;
      this.#finishIfWhole();
    });
    // The stream closes behind its error, and then says more.
    stream.on('error', (error) => {
      this.#error = error;
    });
    stream.on('close', () => this.#onClose());
  }

  send(): void {
    const { chunks } = this.request;
    const last = chunks.length - 1;
    // The chunks of a large message go together.
    if (last > 0) this.stream.cork();
    for (let index = 0; index < last; index += 1) this.stream.write(chunks[index]);
    this.stream.end(chunks[last]);
  }

  #onHeaders(headers: IncomingHttpHeaders): void {
    this.session.heard();
    this.#isAnswered = true;
    if (this.#hasTooMany(headers)) return;
    if (headers['grpc-status'] !== undefined) this.#onTrailers(headers);
    else {
      const failure = headersFailure(this.address, headers);
      if (failure !== undefined) this.#fail(failure);
    }
  }

  #onTrailers(headers: IncomingHttpHeaders): void {
    if (this.#hasTooMany(headers)) return;
    this.#status = readStatus(this.address, headers);
    this.#finishIfWhole();
  }

  #hasTooMany(headers: IncomingHttpHeaders): boolean {
    const hasTooMany = Object.keys(headers).length > maxHeaders;
    if (hasTooMany) this.#fail(callFailure('malformed', this.address, tooManyHeaders));
    return hasTooMany;
  }

  #onData(chunk: Buffer): void {
    if (this.#isSettled) return;
    this.session.heard();
    const problem = this.#frame.add(chunk);
    if (problem === undefined) return;
    this.#fail(
      problem === 'too-large'
        ? tooLargeAnswer(this.address, this.request.answer.maxBytes)
        : callFailure(
            'malformed',
            this.address,
            problem === 'compressed'
              ? 'sent a compressed answer, which it was not asked for'
              : 'sent more than one message',
          ),
    );
  }

  #onClose(): void {
    if (this.#isSettled) return;
    const code = this.stream.rstCode;
    // A lost connection ends its streams too, and so does a server that goes down, before it ends the connection.
    const isOver =
      this.#isAnswered &&
      this.#isEnded &&
      code === constants.NGHTTP2_NO_ERROR &&
      !this.session.session.destroyed;
    if (this.#status !== undefined && this.#status !== 'OK') this.#fail(this.#status);
    else if (code === constants.NGHTTP2_REFUSED_STREAM) {
      this.#fail(callFailure('busy', this.address, 'did not take the call'));
    } else if (code === constants.NGHTTP2_ENHANCE_YOUR_CALM) {
      // Node.js ends a call itself in this way when there are too many headers: what was asked for may have been done.
      this.#fail(callFailure('malformed', this.address, tooManyHeaders));
    } else if (isOver) this.#fail(callFailure('malformed', this.address, withoutStatus));
    else this.#fail(droppedFailure(this.address, this.#error ?? this.session.error));
  }

  /** An answer is whole with its end and its status, which come in either order. */
  #finishIfWhole(): void {
    if (!this.#isEnded || this.#status === undefined || this.#isSettled) return;
    const { message } = this.#frame;
    if (this.#status !== 'OK') this.#fail(this.#status);
    else if (message === undefined) {
      const text = this.#frame.isEmpty ? 'sent no message' : 'sent an answer that ends within its message';
      this.#fail(callFailure('malformed', this.address, text));
    } else {
      this.#settle();
      this.resolve(message);
    }
  }

  #fail(reason: unknown): void {
    if (this.#isSettled) return;
    this.#settle();
    this.reject(reason);
  }

  #settle(): void {
    this.#isSettled = true;
    this.#forgetSignal();
    // Also after an answer that came before the request had been sent.
    if (!this.#isEnded || !this.stream.writableFinished) this.stream.close(constants.NGHTTP2_CANCEL);
    this.session.finish();
  }
}
