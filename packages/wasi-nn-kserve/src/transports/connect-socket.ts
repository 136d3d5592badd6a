import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { connectFailure, connectTimeout, endedAtOnce } from './connect-failure.js';
import type { ServerAddress } from './server-address.js';
import { tlsConnectionOptions } from './tls-options.js';
import type { TransportOptions } from './transport-options.js';

/**
 * Makes a connection, by TLS where the address says so.
 *
 * @throws {RemoteFailure} `unreachable`
 */
export function connectSocket(
  address: ServerAddress,
  options: TransportOptions,
  applicationProtocol: 'h2' | 'http/1.1',
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const { host, port, isSecure } = address;
    const socket = isSecure
      ? connectTls(tlsConnectionOptions(address, options.tls, applicationProtocol))
      : connectPlain({ host, port });
    const fail = (error: unknown) => {
      clearTimeout(timer);
      reject(connectFailure(address, error));
      socket.destroy();
    };
    const onClose = () => fail(endedAtOnce);
    const timer = setTimeout(
      () => fail(connectTimeout(address, options.connectTimeoutMs)),
      options.connectTimeoutMs,
    );
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 60_000);
    socket.on('error', fail);
    socket.once('close', onClose);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      socket.off('error', fail);
      socket.off('close', onClose);
      // Of a TLS alert after the handshake, such as that a certificate is missing, the socket only tells.
      socket.once('error', (error) => socket.destroy(error));
      resolve(socket);
    });
  });
}
