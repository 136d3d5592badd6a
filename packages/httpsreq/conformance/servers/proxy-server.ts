import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { CreatedServer, ProxySetup } from './server-setup.js';

/** Makes a proxy that knows CONNECT only. */
export function createProxy({ credentials, target, refuse }: ProxySetup): CreatedServer {
  const sockets: Socket[] = [];
  const requests: string[] = [];
  const server = createServer((_request, response) => {
    response.writeHead(405).end();
  });
  server.on('connection', (socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
  });
  server.on('connect', ({ url = '', rawHeaders, headers }, client: Socket, first: Buffer) => {
    requests.push([`CONNECT ${url}`, ...pairs(rawHeaders)].join('\r\n'));
    const given = headers['proxy-authorization'];
    const wanted =
      credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
    const status = refuse ?? (wanted === undefined || given === wanted ? undefined : 407);
    if (status !== undefined) {
      client.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`https://${url}`);
    // Not every system finds localhost in its files (RFC 6761, section 6.3).
    const here = target !== undefined || hostname === 'localhost';
    const upstream = connect(target ?? Number(port || 443), here ? '127.0.0.1' : hostname);
    const close = () => {
      client.destroy();
      upstream.destroy();
    };
    client.on('error', close).on('close', close);
    upstream.on('error', close).on('close', close);
    upstream.once('connect', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(first);
      client.pipe(upstream).pipe(client);
    });
  });
  return {
    server,
    sockets,
    report: () => ({
      connections: sockets.length,
      serverNames: [],
      protocols: [],
      requests,
    }),
  };
}

function pairs(rawHeaders: readonly string[]): string[] {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : []));
}
