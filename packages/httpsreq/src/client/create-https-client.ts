import { setMaxListeners } from 'node:events';
import { createBlockingCaller, DisposedError, readOptions } from '@wasmedge-plugins/core';
import { exchange } from '../embedded/exchange.js';
import type { ExchangeAnswer } from '../embedded/exchange-request.js';
import { HttpsGate } from '../embedded/https-gate.js';
import { HttpsSession } from '../embedded/https-session.js';
import { RequestRecord } from '../embedded/request-record.js';
import { tellHook } from '../embedded/run-hook.js';
import { type HttpsRules, httpsOptions } from '../options.js';
import { type HttpsRequestInit, writeRequest } from './request-init.js';

/** A response with its whole body. */
export interface HttpsResponse {
  /** The status code, such as 200. */
  readonly status: number;
  /** The text after the status code; may be empty. */
  readonly statusText: string;
  /** The header fields; a field that occurs several times has all of its values. */
  readonly headers: Headers;
  /** The body, with its transfer coding decoded; a content coding such as gzip is left as is. */
  readonly body: Uint8Array;
  /** The body as UTF-8; malformed sequences become U+FFFD. */
  text(): string;
}

/** Makes HTTPS requests from TypeScript under the same rules as guests of the HttpsReq plug-in. Redirects are not followed. */
export interface HttpsClient extends Disposable {
  /**
   * Makes a request and waits for the whole response. A failure status is not an error.
   *
   * @param url begins with `https:` and has neither user nor password: those go into the header `authorization`.
   * @throws {HostNotAllowedError} when the host and port are not among `allowHosts`.
   * @throws {AddressNotAllowedError} when the host has no allowed address.
   * @throws {RequestRefusedError} when the hook `onRequest` refuses.
   * @throws {CertificateError} when the certificate is not accepted; {@link TlsError} when the handshake fails otherwise.
   * @throws {HostNotFoundError} {@link ConnectError} {@link ProxyError} {@link ConnectionLostError} for network failures.
   * @throws {HttpTimeoutError} {@link RequestTooLargeError} {@link ResponseTooLargeError} when a limit is reached.
   * @throws {MalformedRequestError} {@link MalformedResponseError} when one side does not speak HTTP/1.
   * @throws {InvalidArgumentError} when an argument has the wrong type.
   * @throws {DisposedError} after disposal.
   */
  request(url: string | URL, init?: HttpsRequestInit): HttpsResponse;
  /**
   * Like {@link HttpsClient.request}, without blocking this thread. Disposal ends the request.
   *
   * @throws the errors of {@link HttpsClient.request}, as a rejection.
   */
  fetch(url: string | URL, init?: HttpsRequestInit): Promise<HttpsResponse>;
}

/**
 * Creates a client that makes requests from TypeScript, with the embedded provider's rules and code.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example
 * using client = createHttpsClient({ allowHosts: ['example.org'] });
 * const { status, body } = client.request('https://example.org/');
 */
export function createHttpsClient(rules: HttpsRules = {}): HttpsClient {
  const checked = readOptions('createHttpsClient()', httpsOptions, rules);
  const { onResponse } = checked;
  const gate = new HttpsGate(checked);
  const blocking = createBlockingCaller();
  const session = new HttpsSession(gate, checked, blocking);
  const disposal = new AbortController();
  setMaxListeners(0, disposal.signal); // Each request that runs listens, and is not a leak.
  const disposed = () =>
    new DisposedError('The HTTPS client was disposed; create a new one with createHttpsClient().');

  function checkLive() {
    if (disposal.signal.aborted) {
      throw disposed();
    }
  }

  return {
    request(url, init = {}) {
      checkLive();
      return responseOf(session.request(writeRequest(url, init), 'parsed'));
    },
    async fetch(url, init = {}) {
      checkLive();
      const asked = writeRequest(url, init);
      const info = gate.describe(asked);
      const record = new RequestRecord(info);
      const tell = (end: Parameters<typeof tellHook>[1]) =>
        typeof onResponse === 'function' ? onResponse(end) : tellHook(onResponse, end);
      let answer: ExchangeAnswer;
      try {
        answer = await exchange(gate.admit(asked, info, 'parsed'), disposal);
      } catch (error) {
        await tell(record.failed(error));
        throw error;
      }
      await tell(record.succeeded(answer));
      return responseOf(answer);
    },
    [Symbol.dispose]() {
      disposal.abort(disposed());
      blocking[Symbol.dispose]();
    },
  };
}

function responseOf({ status, head, bytes }: ExchangeAnswer): HttpsResponse {
  const { statusText = '', rawHeaders = [] } = head ?? {};
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(String(rawHeaders[index]), String(rawHeaders[index + 1]));
  }
  return { status, statusText, headers, body: bytes, text: () => new TextDecoder().decode(bytes) };
}
