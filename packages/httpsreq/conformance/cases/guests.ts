import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { runClient } from '../drive/http-req-client.js';
import { answer, okResponse } from '../drive/responses.js';
import { rulesFor } from '../drive/rules.js';
import { withServer } from '../servers/with-server.js';

const crate = 'http-req-wasi-client';
const source = 'crate http_req_wasi 0.10.2: its source';

/** What guests see that are built on the published crates. */
export const guestCases: readonly ConformanceCase[] = [
  {
    name: 'a guest of http_req_wasi gets status, headers and body',
    source,
    detects: ['no-sockets'],
    run: (context) =>
      withServer([...answer(okResponse('hello', ['X-Header: some value'])), 'end'], async (server) => {
        const url = `https://localhost:${server.port}/path?query=1`;
        const printed = await runClient(context, crate, rulesFor(server), ['--show-body', url]);
        assert.equal(printed.exitCode, 0, printed.text);
        assert.equal(printed.the('status'), '200');
        assert.deepEqual(printed.all('header'), ['Content-Length: 5', 'X-Header: some value']);
        assert.equal(printed.the('body'), 'hello');
        const { requests, connections } = await server.report();
        assert.match(requests[0] ?? '', /^GET \/path\?query=1 HTTP\/1\.1\r\n/);
        assert.match(requests[0] ?? '', new RegExp(`\r\nHost: localhost:${server.port}\r\n`));
        assert.equal(connections, 1, 'the socket of the guest is none of the network');
      }),
  },
  {
    name: 'a guest of http_req_wasi asks an address',
    source,
    detects: ['no-sockets'],
    run: (context) =>
      withServer([...answer(okResponse('hello')), 'end'], async (server) => {
        const rules = rulesFor(server, { allowHosts: [`127.0.0.1:${server.port}`] });
        const printed = await runClient(context, crate, rules, [`https://127.0.0.1:${server.port}/`]);
        assert.equal(printed.the('status'), '200');
      }),
  },
  {
    name: 'a guest of http_req_wasi sends a body',
    source,
    detects: ['no-sockets'],
    run: (context) =>
      withServer(['read-request', 'send-digest', 'end'], async (server) => {
        const url = `https://localhost:${server.port}/`;
        const args = ['--method', 'PUT', '--body-length', '300000', '--show-body', url];
        const printed = await runClient(context, crate, rulesFor(server), args);
        const body = 'abcdefghijklmnopqrstuvwxyz'.repeat(11_539).slice(0, 300_000);
        const digest = createHash('sha256').update(body).digest('hex');
        assert.equal(printed.the('body'), `300000 ${digest}`);
      }),
  },
  {
    name: 'a guest of http_req_wasi takes a chunked body apart',
    source,
    detects: ['no-sockets'],
    run: (context) => {
      const chunked =
        'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n';
      return withServer([...answer(chunked), 'end'], async (server) => {
        const args = ['--show-body', `https://localhost:${server.port}/`];
        const printed = await runClient(context, crate, rulesFor(server), args);
        assert.equal(printed.the('body'), 'hello world');
      });
    },
  },
  {
    name: 'a guest of http_req_wasi gets the head alone with HEAD',
    source,
    detects: ['no-sockets'],
    run: (context) =>
      withServer([...answer('HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n'), 'end'], async (server) => {
        const args = ['--method', 'HEAD', `https://localhost:${server.port}/`];
        const printed = await runClient(context, crate, rulesFor(server), args);
        assert.deepEqual([printed.the('status'), printed.the('length')], ['200', '0']);
        assert.deepEqual(printed.all('header'), ['Content-Length: 7']);
      }),
  },
  {
    name: 'a guest of http_req_wasi gets a body of 256 KiB',
    source,
    detects: ['no-sockets'],
    run: (context) => {
      const body = Array.from({ length: 16_384 }, (_, index) => String(index).padStart(16)).join('');
      return withServer([...answer(okResponse(body)), 'end'], async (server) => {
        const args = [`https://localhost:${server.port}/`];
        const printed = await runClient(context, crate, rulesFor(server), args);
        assert.equal(printed.the('length'), '262144');
        assert.equal(printed.the('sha256'), createHash('sha256').update(body).digest('hex'));
      });
    },
  },
  {
    name: 'a guest of http_req_wasi makes several requests, each on a connection of its own',
    source,
    detects: ['no-sockets'],
    run: (context) =>
      withServer([...answer(okResponse('hello')), 'end'], async (server) => {
        const args = ['--repeat', '3', '--show-body', `https://localhost:${server.port}/`];
        const printed = await runClient(context, crate, rulesFor(server), args);
        assert.deepEqual(printed.all('body'), ['hello', 'hello', 'hello']);
        const { connections } = await server.report();
        assert.equal(connections, 3);
      }),
  },
  {
    name: 'a guest of wasmedge_http_req that calls the plug-in gets its answer',
    source: 'crates wasmedge_http_req 0.9.0 and wasmedge_wasi_socket 0.4.3: their sources',
    detects: ['no-sockets'],
    async run(context) {
      for (const host of ['localhost', '127.0.0.1']) {
        await withServer([...answer(okResponse('hello')), 'end'], async (server) => {
          const rules = rulesFor(server, { allowHosts: [`${host}:${server.port}`] });
          const url = `https://${host}:${server.port}/`;
          const printed = await runClient(context, 'wasmedge-http-req-client', rules, [url]);
          assert.deepEqual([printed.the('status'), printed.the('body')], ['200', 'hello']);
          const { connections } = await server.report();
          assert.equal(connections, 1, 'the socket of the guest is none of the network');
        });
      }
    },
  },
  {
    name: 'the crate wasmedge_http_req opens its socket and knows no TLS',
    source: 'crate wasmedge_http_req 0.9.0: its source',
    detects: ['no-sockets'],
    run: (context) =>
      withServer(answer(okResponse('hello')), async (server) => {
        const args = ['--crate-only', `https://localhost:${server.port}/`];
        const printed = await runClient(context, 'wasmedge-http-req-client', rulesFor(server), args);
        assert.deepEqual([printed.exitCode, printed.the('error')], [1, 'Error: TLS error']);
        const { connections } = await server.report();
        assert.equal(connections, 0);
      }),
  },
  {
    name: 'the socket of a guest carries no byte',
    source: 'design: only the plug-in reaches the network',
    run: (context) =>
      withServer(['no-tls', ...answer(okResponse('plain text'))], async (server) => {
        const printed = await runClient(context, crate, rulesFor(server), [
          `http://localhost:${server.port}/`,
        ]);
        assert.deepEqual([printed.exitCode, printed.the('error')], [1, 'Error: IO error']);
        const { connections } = await server.report();
        assert.equal(connections, 0);
      }),
  },
];
