import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Ports of this machine on which nobody listens; somebody else may be quicker to use them. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const { port } = server.address() as AddressInfo;
      const closed = once(server, 'close');
      server.close();
      await closed;
      return port;
    }),
  );
}
