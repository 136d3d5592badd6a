import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { callOptions, transportOptions } from '../__fixtures__/call-options.js';
import { openTransport } from './open-transport.js';

test.each(['grpc', 'grpcs', 'https'])(
  '%s: a connection that is being made ends with its transport',
  async (scheme) => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const transport = openTransport(`${scheme}://127.0.0.1:${port}`, transportOptions);
    const asking = expect(transport.isReady(callOptions())).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('is no longer in use here'),
    });
    const [socket] = (await once(server, 'connection')) as [Socket];
    const ended = once(socket.on('error', () => {}).resume(), 'close');
    await once(socket, 'data');
    transport.close();
    await asking;
    await ended;
    await expect(transport.isReady(callOptions())).rejects.toMatchObject({ kind: 'unreachable' });
    server.close();
  },
);
