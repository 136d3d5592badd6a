import type { HttpsRequestEnd, HttpsRequestInfo } from '../hook-options.js';
import { publishRequestEnd } from './channel.js';
import type { ExchangeAnswer } from './exchange-request.js';

/** What is said of one request when it has ended. */
export class RequestRecord {
  readonly #info: HttpsRequestInfo;
  readonly #start = performance.now();

  constructor(info: HttpsRequestInfo) {
    this.#info = info;
  }

  succeeded({ status, responseBytes, address }: ExchangeAnswer): HttpsRequestEnd {
    return this.#end({ status, responseBytes, address, errorCode: undefined });
  }

  failed(error: unknown): HttpsRequestEnd {
    const code = (error as { code?: unknown } | undefined)?.code;
    const errorCode = typeof code === 'string' ? code : 'ERR_UNKNOWN';
    return this.#end({ status: undefined, responseBytes: 0, address: undefined, errorCode });
  }

  #end(outcome: Omit<HttpsRequestEnd, keyof HttpsRequestInfo | 'durationMs'>): HttpsRequestEnd {
    const end = { ...this.#info, ...outcome, durationMs: performance.now() - this.#start };
    publishRequestEnd(end);
    return end;
  }
}
