import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { notInUse } from './call-failure.js';
import { connectFailure, connectTimeout, endedAtOnce } from './connect-failure.js';
import type { ServerAddress } from './server-address.js';
import { tlsConnectionOptions } from './tls-options.js';
import type { TransportOptions } from './transport-options.js';

/**
 * Makes a connection, by TLS where the address says so.
 *
 * @param closing aborted when nobody wants the connection any more: it must not keep the process alive then
 * @throws {RemoteFailure} `unreachable`
 */
export function connectSocket(
  address: ServerAddress,
  options: TransportOptions,
  applicationProtocol: 'h2' | 'http/1.1',
  closing: AbortSignal,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    if (closing.aborted) throw notInUse(address);
    const { host, port, isSecure } = address;
    const socket = isSecure
      ? connectTls(tlsConnectionOptions(address, options.tls, applicationProtocol))
      : connectPlain({ host, port });
    const fail = (error: unknown) => {
      clearTimeout(timer);
      closing.removeEventListener('abort', onClosing);
      reject(connectFailure(address, error));
      socket.destroy();
    };
    const onClose = () => fail(endedAtOnce);
    const onClosing = () => fail(notInUse(address));
    const timer = setTimeout(
      () => fail(connectTimeout(address, options.connectTimeoutMs)),
      options.connectTimeoutMs,
    );
    closing.addEventListener('abort', onClosing, { once: true });
    socket.setNoDelay(true);
    socket.setKeepAlive(true, 60_000);
    socket.on('error', fail);
    socket.once('close', onClose);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      closing.removeEventListener('abort', onClosing);
      socket.off('error', fail);
      socket.off('close', onClose);
      // Of a TLS alert after the handshake, such as that a certificate is missing, the socket only tells.
      socket.once('error', (error) => socket.destroy(error));
      resolve(socket);
    });
  });
}
