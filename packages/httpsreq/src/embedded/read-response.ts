import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { ConnectionLostError, MalformedResponseError, ResponseTooLargeError } from '../errors.js';
import { abortable } from './cancellation.js';
import type { ExchangeAnswer, ExchangeRequest } from './exchange-request.js';
import { ResponseBytes } from './response-bytes.js';
import { responseLength } from './response-length.js';
import { ResponseParser } from './response-parser.js';

/**
 * Sends the request and reads the response to its end, as its framing tells it (RFC 9112, section 6.3).
 *
 * @throws {MalformedResponseError} when it is not an HTTP/1 response.
 * @throws {ConnectionLostError} when the connection ends before it is complete.
 * @throws {ResponseTooLargeError} when it is too large.
 */
export function readResponse(
  socket: TLSSocket,
  { info, bytes, answer, rules }: ExchangeRequest,
  signal: AbortSignal,
): Promise<Omit<ExchangeAnswer, 'address'>> {
  const host = info.host;
  return abortable(signal, (resolve, reject) => {
    const raw = new ResponseBytes();
    const body = new ResponseBytes();
    let response: IncomingMessage | undefined;
    let lost: Error | undefined;

    const parser = new ResponseParser(info.method === 'HEAD', {
      head(incoming) {
        response = incoming;
      },
      ...(answer === 'parsed' ? { body: (chunk: Uint8Array) => body.add(chunk) } : {}),
      end() {
        const { statusCode: status = 0, statusMessage: statusText = '', rawHeaders = [] } = response ?? {};
        const parsed = answer === 'parsed';
        const received = raw.join();
        const responseBytes = responseLength(received, info.method === 'HEAD');
        resolve({
          status,
          responseBytes,
          bytes: parsed ? body.join() : withLength(received, responseBytes),
          head: parsed ? { statusText, rawHeaders } : undefined,
        });
      },
      fail(cause) {
        reject(isParserError(cause) ? malformed(host, cause) : (lost ?? connectionLost(host, raw.length)));
      },
    });

    socket.on('data', (chunk) => {
      raw.add(chunk);
      if (raw.length > rules.maxResponseBytes) {
        socket.destroy();
        reject(
          new ResponseTooLargeError(
            `The response of ${host} is larger than ${rules.maxResponseBytes} bytes; raise maxResponseBytes if that is intended.`,
          ),
        );
        return;
      }
      parser.write(chunk);
    });
    socket.once('end', () => parser.end());
    socket.on('error', (error) => {
      lost = connectionLost(host, raw.length, error);
    });
    socket.once('close', () => (lost === undefined ? parser.end() : parser.destroy()));
    socket.write(bytes);
    return () => parser.destroy();
  });
}

/** The first bytes in a buffer of their own, so that it can be moved to another thread. */
function withLength(bytes: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  return length === bytes.byteLength ? bytes : bytes.slice(0, length);
}

function isParserError({ code }: NodeJS.ErrnoException): boolean {
  return code?.startsWith('HPE_') === true && code !== 'HPE_INVALID_EOF_STATE';
}

function malformed(host: string, cause: Error): MalformedResponseError {
  return new MalformedResponseError(
    `The answer of ${host} is not an HTTP/1 response (${cause.message}); check that it is an HTTPS server that speaks HTTP/1.1.`,
    { cause },
  );
}

function connectionLost(host: string, received: number, cause?: Error): ConnectionLostError {
  return new ConnectionLostError(
    `The connection to ${host} ended after ${received} bytes, before the response was complete; the request may or may not have been carried out.`,
    cause === undefined ? undefined : { cause },
  );
}
