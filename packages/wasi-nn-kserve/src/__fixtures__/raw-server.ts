import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A server that does with each connection what a test says. */
export function rawServer(onSocket: (socket: Socket) => void): Server {
  return createServer((socket) => {
    socket.on('error', () => undefined);
    onSocket(socket);
  });
}

/** Has a server listen on a free port, and gives host and port. */
export async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
