import type { Step } from '../servers/server-setup.js';

/** A response of HTTP/1.1 with its length. */
export function okResponse(body: string, headers: readonly string[] = []): string {
  return ['HTTP/1.1 200 OK', ...headers, `Content-Length: ${body.length}`, '', body].join('\r\n');
}

/** Steps of a server that answers one request, and keeps the connection open. */
export function answer(response: string): Step[] {
  return ['read-request', { send: response }];
}

/**
 * Steps of a server that answers one request and keeps the connection open for a while, after which it sends more: who waits for the end
 * of the connection gets that too.
 */
export function answerAndStay(response: string): Step[] {
  return [...answer(response), { pauseMs: 500 }, { send: 'LATE' }, 'end'];
}
