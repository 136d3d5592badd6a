import { connect, type Socket } from 'node:net';
import { ConnectError } from '../errors.js';
import { abortable, Cancellation } from './cancellation.js';
import { formatHost } from './rules/host-name.js';

/** A connection, and the address it was made to. */
export interface Connection {
  readonly socket: Socket;
  readonly address: string;
}

/**
 * Connects to the first address that answers. Each has an equal share of the time that is left.
 *
 * @throws {ConnectError} when none does.
 */
export async function connectTcp(
  addresses: readonly string[],
  port: number,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Connection> {
  const end = performance.now() + timeoutMs;
  const failures: unknown[] = [];
  for (const [index, address] of addresses.entries()) {
    const share = Math.max(1, (end - performance.now()) / (addresses.length - index));
    using attempt = new Cancellation(
      signal,
      share,
      () => new Error(`No response from ${formatHost(address, port)} in ${Math.round(share)} ms.`),
    );
    try {
      return { socket: await openSocket(address, port, attempt.signal), address };
    } catch (error) {
      signal.throwIfAborted();
      failures.push(error);
    }
  }
  const places = addresses.map((address) => formatHost(address, port)).join(', ');
  throw new ConnectError(
    `No connection could be made to ${places}; check that a server listens there and can be reached.`,
    { cause: failures.length === 1 ? failures[0] : new AggregateError(failures) },
  );
}

function openSocket(address: string, port: number, signal: AbortSignal): Promise<Socket> {
  return abortable(signal, (resolve, reject) => {
    const socket = connect({ host: address, port, noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
    return () => socket.destroy();
  });
}
