import type { Dispatcher } from 'undici';
import { connectSocket } from '../connect-socket.js';
import type { ServerAddress } from '../server-address.js';
import type { TransportOptions } from '../transport-options.js';

/**
 * Connections to one server, kept for the next calls. A proxy that the environment names is not used.
 *
 * @param closing aborted when nobody wants a connection any more
 */
export async function openDispatcher(
  address: ServerAddress,
  options: TransportOptions,
  closing: AbortSignal,
): Promise<Dispatcher> {
  const { Pool } = await import('undici');
  const { isSecure, host, port } = address;
  return new Pool(`${isSecure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`, {
    connect: (_, callback) => {
      connectSocket(address, options, 'http/1.1', closing).then(
        (socket) => callback(null, socket),
        (error) => callback(error, null),
      );
    },
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: 1,
  });
}
