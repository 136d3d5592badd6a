import { type ClientHttp2Session, connect, type SecureClientSessionOptions } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { notInUse } from '../call-failure.js';
import { connectFailure, connectTimeout, endedAtOnce } from '../connect-failure.js';
import { connectSocket } from '../connect-socket.js';
import type { ServerAddress } from '../server-address.js';
import type { TransportOptions } from '../transport-options.js';

/** Bytes that a server may send before it is told to go on; Node's own 64 KiB would cost round trips. */
const windowBytes = 16_777_216;

const sessionOptions = {
  // Frames stay small, as is Node's default: they bound a block of headers too.
  settings: { enablePush: false, initialWindowSize: windowBytes, maxHeaderListSize: 16_777_215 },
  // Refusing headers itself, Node.js 20 may end the process when it frees the connection: calls look at their number instead.
  maxHeaderListPairs: 1_000_000,
  // In megabytes, and of what waits to be sent too, which callers bound: beyond it Node refuses calls.
  maxSessionMemory: 1_000_000,
  // Later versions of Node.js have it: messages of servers that end with a blank arrive.
  strictFieldWhitespaceValidation: false,
} as SecureClientSessionOptions;

/**
 * Makes a connection that calls can be sent on: the server has answered with its settings, so it speaks HTTP/2.
 *
 * @param closing aborted when nobody wants the connection any more
 * @throws {RemoteFailure} `unreachable`
 */
export async function openSession(
  address: ServerAddress,
  options: TransportOptions,
  closing: AbortSignal,
): Promise<ClientHttp2Session> {
  const begunAt = performance.now();
  const socket = await connectSocket(address, options, 'h2', closing);
  if (address.isSecure && (socket as TLSSocket).alpnProtocol !== 'h2') {
    socket.destroy();
    throw connectFailure(address, new Error('the server does not speak HTTP/2 there. Check the port'));
  }
  return new Promise((resolve, reject) => {
    const session = connect(authority(address), { ...sessionOptions, createConnection: () => socket });
    const fail = (error: unknown) => {
      clearTimeout(timer);
      closing.removeEventListener('abort', onClosing);
      reject(connectFailure(address, error));
      session.destroy();
    };
    const onEarlyClose = () => fail(endedAtOnce);
    const onClosing = () => fail(notInUse(address));
    const timer = setTimeout(
      () => fail(connectTimeout(address, options.connectTimeoutMs)),
      options.connectTimeoutMs - (performance.now() - begunAt),
    );
    if (closing.aborted) onClosing();
    closing.addEventListener('abort', onClosing, { once: true });
    session.on('error', fail);
    session.once('close', onEarlyClose);
    session.once('connect', () => session.setLocalWindowSize(windowBytes));
    session.once('remoteSettings', () => {
      clearTimeout(timer);
      closing.removeEventListener('abort', onClosing);
      session.off('close', onEarlyClose);
      resolve(session);
    });
  });
}

function authority({ isSecure, host, port }: ServerAddress): string {
  return `${isSecure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
