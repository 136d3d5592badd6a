import {
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type SecureServerOptions,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  type ServerOptions,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { ProtoWriter } from '../protocol/grpc/proto-writer.js';

/** A call that a fake server got. */
export interface FakeCall {
  readonly stream: ServerHttp2Stream;
  readonly headers: IncomingHttpHeaders;
  /** The last part of its path. */
  readonly method: string;
  /** The request without its frame. */
  readonly message: Buffer;
}

/** A fake server on a free port of the loopback interface. */
export interface FakeGrpcServer extends AsyncDisposable {
  readonly address: string;
  readonly port: number;
  readonly sessions: ReadonlySet<ServerHttp2Session>;
}

/** Starts a server that speaks HTTP/2 properly, and answers each call, once it has the whole request, as the test says. */
export async function startGrpcServer(
  answer: (call: FakeCall) => void,
  options: ServerOptions & { readonly tls?: SecureServerOptions } = {},
): Promise<FakeGrpcServer> {
  const { tls, ...plain } = options;
  const server: Http2Server =
    tls === undefined ? createServer(plain) : createSecureServer({ ...plain, ...tls });
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => undefined);
    session.on('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const message = Buffer.concat(chunks).subarray(5);
      answer({ stream, headers, method: String(headers[':path']).split('/')[2] ?? '', message });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `grpc${tls === undefined ? '' : 's'}://127.0.0.1:${port}`,
    port,
    sessions,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers as a gRPC server does. */
export function answerMessage(
  stream: ServerHttp2Stream,
  message: Uint8Array,
  trailers: OutgoingHttpHeaders = { 'grpc-status': '0' },
): void {
  answerBytes(stream, frame(message), trailers);
}

/** Answers these bytes as the body. */
export function answerBytes(
  stream: ServerHttp2Stream,
  bytes: Uint8Array,
  trailers: OutgoingHttpHeaders = { 'grpc-status': '0' },
): void {
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.end(bytes);
}

/** Answers with a status only. */
export function answerStatus(stream: ServerHttp2Stream, status: number, text?: string): void {
  stream.respond(
    {
      ':status': 200,
      'content-type': 'application/grpc',
      'grpc-status': String(status),
      ...(text === undefined ? {} : { 'grpc-message': text }),
    },
    { endStream: true },
  );
}

/** A message in its frame. */
export function frame(message: Uint8Array): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.byteLength, 1);
  return Buffer.concat([prefix, message]);
}

/** A message of the fields that are written. */
export function message(write: (writer: ProtoWriter) => void): Buffer {
  const writer = new ProtoWriter();
  write(writer);
  return Buffer.concat(writer.finish());
}
