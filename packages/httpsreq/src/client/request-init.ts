import { Buffer } from 'node:buffer';
import { checkOptionNames, InvalidArgumentError, refuseLostBytes } from '@wasmedge-plugins/core';
import type { AskedRequest } from '../embedded/https-gate.js';

/** The parts of a request besides its URL. */
export interface HttpsRequestInit {
  /** Default: `GET`. */
  readonly method?: string | undefined;
  /** `Host`, `Connection` and `Content-Length` are set by the client. Default: none. */
  readonly headers?: ConstructorParameters<typeof Headers>[0] | undefined;
  /** A string is UTF-8. Default: none. */
  readonly body?: Uint8Array | string | undefined;
}

/** Header fields that the client sets itself. */
const ownHeaders: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
]);

/**
 * Writes a request as a guest would.
 *
 * @throws {InvalidArgumentError} when an argument has the wrong type, or the URL is not an `https:` one.
 */
export function writeRequest(url: string | URL, init: HttpsRequestInit): AskedRequest {
  const target = parseUrl(url);
  checkOptionNames<HttpsRequestInit>('a request', init, { method: true, headers: true, body: true });
  const { method = 'GET', body } = init;
  if (typeof method !== 'string' || !/^[A-Za-z-]+$/.test(method)) {
    throw new InvalidArgumentError(
      `The method of a request must be a word such as 'GET', not ${String(method)}.`,
    );
  }
  if (body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array)) {
    throw new InvalidArgumentError('The body of a request must be a string or a Uint8Array.');
  }
  if (body instanceof Uint8Array) refuseLostBytes('The body of a request', body);
  const content = body === undefined ? undefined : Buffer.from(body as string);
  const lines = [
    `${method.toUpperCase()} ${target.pathname}${target.search} HTTP/1.1`,
    `Host: ${target.host}`,
    'Connection: close',
    ...headerLines(init.headers),
    ...(content === undefined ? [] : [`Content-Length: ${content.byteLength}`]),
  ];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  const port = Number(target.port || 443);
  return {
    host: target.hostname,
    port,
    bytes: content === undefined ? head : Buffer.concat([head, content]),
  };
}

function parseUrl(url: string | URL): URL {
  const text = String(url);
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed !== undefined && (parsed.username !== '' || parsed.password !== '')) {
    // Neither is shown: an error may be logged.
    throw new InvalidArgumentError(
      `The URL of a request to ${parsed.host} has a user name or a password, as no URL of fetch() may have; pass them in the header authorization, such as { authorization: 'Basic ' + btoa('user:password') }.`,
    );
  }
  if (parsed?.protocol !== 'https:') {
    throw new InvalidArgumentError(
      `The URL of a request must begin with https:, not ${JSON.stringify(text)}.`,
    );
  }
  return parsed;
}

function headerLines(init: HttpsRequestInit['headers']): string[] {
  let headers: Headers;
  try {
    headers = new Headers(init);
  } catch (cause) {
    throw new InvalidArgumentError('The headers of a request must be given as for fetch(); see the cause.', {
      cause,
    });
  }
  const lines: string[] = [];
  headers.forEach((value, name) => {
    if (!ownHeaders.has(name)) {
      lines.push(`${name}: ${value}`);
    }
  });
  return lines;
}
