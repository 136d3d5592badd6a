import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request that a fake server got. */
export interface FakeRequest {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly response: ServerResponse;
}

/** A fake server on a free port of the loopback interface. */
export interface FakeHttpServer extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
}

/** Starts a server that answers each request, once it has it whole, as the test says. */
export async function startHttpServer(
  answer: (request: FakeRequest) => void,
  tls?: ServerOptions,
): Promise<FakeHttpServer> {
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer({ request, response, body: Buffer.concat(chunks) }));
  };
  const server = tls === undefined ? createServer(onRequest) : createSecureServer(tls, onRequest);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http${tls === undefined ? '' : 's'}://127.0.0.1:${port}`,
    port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with JSON. */
export function answerJson(response: ServerResponse, json: string | object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof json === 'string' ? json : JSON.stringify(json));
}

/** Answers with JSON and tensors behind it. */
export function answerBinary(response: ServerResponse, json: object, tensors: readonly Uint8Array[]): void {
  const text = Buffer.from(JSON.stringify(json));
  response.writeHead(200, { 'inference-header-content-length': String(text.byteLength) });
  response.end(Buffer.concat([text, ...tensors]));
}
