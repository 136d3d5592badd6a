import { type ClientHttp2Session, connect, type SecureClientSessionOptions } from 'node:http2';
import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { connectFailure, connectTimeout } from '../connect-failure.js';
import type { ServerAddress } from '../server-address.js';
import { tlsConnectionOptions } from '../tls-options.js';
import type { TransportOptions } from '../transport-options.js';

/** Bytes that a server may send before it is told to go on; Node's own 64 KiB would cost round trips. */
const windowBytes = 16_777_216;

const sessionOptions = {
  settings: { enablePush: false, initialWindowSize: windowBytes, maxHeaderListSize: 65_536 },
  // In megabytes, and of what waits to be sent too, which callers bound: beyond it Node refuses calls.
  maxSessionMemory: 1_000_000,
  // Later versions of Node.js have it: messages of servers that end with a blank arrive.
  strictFieldWhitespaceValidation: false,
} as SecureClientSessionOptions;

/**
 * Makes a connection that calls can be sent on: the server has answered with its settings, so it speaks HTTP/2.
 *
 * @throws {RemoteFailure} `unreachable`
 */
export function openSession(address: ServerAddress, options: TransportOptions): Promise<ClientHttp2Session> {
  return new Promise((resolve, reject) => {
    const socket = openSocket(address, options);
    const session = connect(authority(address), { ...sessionOptions, createConnection: () => socket });
    const timer = setTimeout(
      () => fail(connectTimeout(address, options.connectTimeoutMs)),
      options.connectTimeoutMs,
    );
    const fail = (error: unknown) => {
      clearTimeout(timer);
      reject(connectFailure(address, error));
      session.destroy();
    };
    const onEarlyClose = () => fail(new Error('the server ended the connection at once'));
    // The session does not pass on what goes wrong in the TLS handshake.
    socket.once('error', fail);
    session.on('error', fail);
    session.once('close', onEarlyClose);
    session.once('connect', () => session.setLocalWindowSize(windowBytes));
    session.once('remoteSettings', () => {
      clearTimeout(timer);
      session.off('close', onEarlyClose);
      resolve(session);
    });
  });
}

function openSocket(address: ServerAddress, options: TransportOptions): Socket {
  const { host, port } = address;
  if (!address.isSecure) return connectPlain({ host, port, noDelay: true });
  const socket = connectTls(tlsConnectionOptions(address, options.tls, 'h2'));
  socket.setNoDelay(true);
  socket.once('secureConnect', () => {
    if (socket.alpnProtocol !== 'h2') socket.destroy(new Error('the server does not speak HTTP/2 there'));
  });
  return socket;
}

function authority({ isSecure, host, port }: ServerAddress): string {
  return `${isSecure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
