import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { assertFails } from '../drive/assert-fails.js';
import { crateGuests, runClient } from '../drive/http-req-client.js';
import { get, RawCalls } from '../drive/raw-calls.js';
import { answer, okResponse } from '../drive/responses.js';
import { rulesFor } from '../drive/rules.js';
import { withServer } from '../servers/with-server.js';

const source = 'design: nothing is allowed that is not named';
const upstreamDiffers = 'every guest may ask every host';
const ignores = 'ignores-allow-list';
const steps = [...answer(okResponse('secret')), 'end'] as const;

/** Other ways to write 127.0.0.1, which resolvers and parsers read as it. */
const otherSpellings = [
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '127.0.0.01',
  '0',
];

/** Which hosts a guest may ask. Each case looks at the server: nothing may arrive there, not even a connection. */
export const allowListCases: readonly ConformanceCase[] = [
  {
    name: 'a guest that calls the import gets nothing onto the network when nothing is allowed',
    source,
    upstreamDiffers,
    detects: [ignores],
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, { allowPrivateAddresses: true });
        for (const host of ['localhost', '127.0.0.1', '::1', '[::1]']) {
          await assertFails(
            context,
            'ERR_HTTPS_HOST_NOT_ALLOWED',
            () => raw.ask(host, server.port, get()),
            host,
          );
        }
        const { connections } = await server.report();
        assert.equal(connections, 0);
      }),
  },
  ...crateGuests.map(
    (guest): ConformanceCase => ({
      name: `the guest ${guest} gets nothing onto the network when its host is not allowed`,
      source,
      detects: ['socket-for-every-host'],
      run: (context) =>
        withServer(['no-tls', ...steps], async (server) => {
          for (const rules of [
            {},
            rulesFor(server, { allowHosts: ['example.org', `other.example:${server.port}`] }),
          ]) {
            for (const host of ['localhost', '127.0.0.1']) {
              for (const scheme of ['https', 'http']) {
                const url = `${scheme}://${host}:${server.port}/`;
                const printed = await runClient(context, guest, rules, [url]);
                assert.equal(printed.exitCode, 1, printed.text);
                assert.equal(printed.the('error'), 'Error: IO error', 'its socket is refused');
              }
            }
          }
          const { connections } = await server.report();
          assert.equal(connections, 0);
        }),
    }),
  ),
  {
    name: 'a port that is not named is not allowed, for the socket neither',
    source,
    upstreamDiffers,
    detects: [ignores],
    run: (context) =>
      withServer(steps, async (server) => {
        const rules = rulesFor(server, {
          allowHosts: ['localhost', '127.0.0.1', `localhost:${server.port - 1}`],
        });
        const url = `https://127.0.0.1:${server.port}/`;
        assert.equal((await runClient(context, 'http-req-wasi-client', rules, [url])).exitCode, 1);
        const raw = await RawCalls.create(context, rules);
        await assertFails(context, 'ERR_HTTPS_HOST_NOT_ALLOWED', () =>
          raw.ask('localhost', server.port, get()),
        );
        const { connections } = await server.report();
        assert.equal(connections, 0);
      }),
  },
  {
    name: 'any port can be allowed',
    source,
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server, { allowHosts: ['localhost:*'] }));
        assert.equal(await raw.ask('localhost', server.port, get()), okResponse('secret'));
      }),
  },
  {
    name: 'case and a trailing dot make no other host',
    source: 'RFC 4343; RFC 1034 section 3.1',
    upstreamDiffers: 'the name is resolved and sent as it is written',
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        for (const host of ['LOCALHOST', 'localhost.', 'LocalHost.']) {
          assert.equal(await raw.ask(host, server.port, get()), okResponse('secret'), host);
        }
        const { serverNames } = await server.report();
        assert.deepEqual(serverNames, ['localhost', 'localhost', 'localhost']);
      }),
  },
  {
    name: 'a wildcard allows the names below, and not the name itself',
    source: 'RFC 6125 section 6.4.3, in the way it is used for certificates',
    upstreamDiffers,
    detects: [ignores],
    run: (context) =>
      withServer(steps, async (server) => {
        const rules = rulesFor(server, { allowHosts: [`*.localhost:${server.port}`] });
        const raw = await RawCalls.create(context, rules);
        for (const host of ['localhost', 'notlocalhost', '127.0.0.1', 'x.localhost.example']) {
          await assertFails(
            context,
            'ERR_HTTPS_HOST_NOT_ALLOWED',
            () => raw.ask(host, server.port, get()),
            host,
          );
        }
        const { connections } = await server.report();
        assert.equal(connections, 0);
      }),
  },
  {
    name: 'a name with a private address is refused, unless the address is allowed',
    source: 'CWE-918: server-side request forgery by a name that leads inside',
    upstreamDiffers,
    detects: ['skips-address-check'],
    run: (context) =>
      withServer(steps, async (server) => {
        const closed = await RawCalls.create(context, rulesFor(server, { allowAddresses: [] }));
        await assertFails(context, 'ERR_HTTPS_ADDRESS_NOT_ALLOWED', () =>
          closed.ask('localhost', server.port, get()),
        );
        const elsewhere = rulesFor(server, { allowAddresses: ['10.0.0.0/8', '127.0.0.2', '::2'] });
        const other = await RawCalls.create(context, elsewhere);
        await assertFails(context, 'ERR_HTTPS_ADDRESS_NOT_ALLOWED', () =>
          other.ask('localhost', server.port, get()),
        );
        assert.equal((await server.report()).connections, 0);
        const open = await RawCalls.create(context, rulesFor(server));
        assert.equal(await open.ask('localhost', server.port, get()), okResponse('secret'));
      }),
  },
  ...crateGuests.map(
    (guest): ConformanceCase => ({
      name: `the guest ${guest} gets no socket to a name with a private address`,
      source: 'CWE-918: server-side request forgery by a name that leads inside',
      detects: ['socket-for-every-host'],
      run: (context) =>
        withServer(['no-tls', ...steps], async (server) => {
          const rules = rulesFor(server, { allowAddresses: [] });
          const printed = await runClient(context, guest, rules, [`https://localhost:${server.port}/`]);
          assert.deepEqual([printed.exitCode, printed.the('error')], [1, 'Error: IO error']);
          assert.equal((await server.report()).connections, 0);
        }),
    }),
  ),
  {
    name: 'a private address that is named itself is allowed',
    source: 'design: an address is allowed by naming it',
    upstreamDiffers,
    detects: [ignores],
    run: (context) =>
      withServer(steps, async (server) => {
        const rules = rulesFor(server, { allowHosts: [`127.0.0.1:${server.port}`], allowAddresses: [] });
        const raw = await RawCalls.create(context, rules);
        assert.equal(
          await raw.ask('127.0.0.1', server.port, get('/', [], '127.0.0.1')),
          okResponse('secret'),
        );
        await assertFails(context, 'ERR_HTTPS_HOST_NOT_ALLOWED', () =>
          raw.ask('localhost', server.port, get()),
        );
      }),
  },
  {
    name: 'another spelling of an address is refused',
    source: 'inet_aton(3), WHATWG URL section 3.5: what else is read as an IPv4 address',
    upstreamDiffers,
    detects: [ignores],
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server, { allowPrivateAddresses: true }));
        for (const host of [...otherSpellings, '::ffff:127.0.0.1', '[::ffff:7f00:1]']) {
          await assertFails(
            context,
            'ERR_HTTPS_HOST_NOT_ALLOWED',
            () => raw.ask(host, server.port, get()),
            host,
          );
        }
        assert.equal((await server.report()).connections, 0);
      }),
  },
  {
    name: 'what is not a host name is refused',
    source: 'RFC 1123 section 2.1',
    upstreamDiffers: 'the text up to the first NUL is resolved',
    detects: ['host-ends-at-nul'],
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server));
        const others = [
          '',
          ' ',
          '.',
          'localhost\0',
          'localhost\0.example.org',
          'local host',
          'localhost\r\n',
          '\xff\xfe',
        ];
        for (const host of [
          ...others,
          'user@localhost',
          `localhost:${server.port}`,
          'localhost/',
          'x'.repeat(300),
        ]) {
          await assertFails(
            context,
            'ERR_HTTPS_HOST_NOT_ALLOWED',
            () => raw.ask(host, server.port, get()),
            JSON.stringify(host),
          );
        }
        assert.equal((await server.report()).connections, 0);
      }),
  },
  {
    name: 'a port is a number from 1 to 65535, and never cut to 16 bits',
    source: 'RFC 9293 section 3.1; guest-abi section 0: numbers are unsigned 32-bit',
    upstreamDiffers: 'the resolver cuts numbers to 16 bits',
    detects: ['cuts-port'],
    run: (context) =>
      withServer(steps, async (server) => {
        const raw = await RawCalls.create(context, rulesFor(server, { allowHosts: ['localhost:*'] }));
        for (const port of [0, 65_536, 65_536 + server.port, server.port - 65_536, -1]) {
          await assertFails(
            context,
            'ERR_HTTPS_HOST_NOT_ALLOWED',
            () => raw.ask('localhost', port, get()),
            String(port),
          );
        }
        assert.equal((await server.report()).connections, 0);
      }),
  },
  {
    name: 'a host that does not exist is an error',
    source: 'RFC 6761 section 6.4: names below .invalid do not exist',
    async run(context) {
      const allowHosts = ['does-not-exist.invalid'];
      const raw = await RawCalls.create(context, { allowHosts, proxy: 'none' });
      await assertFails(context, 'ERR_HTTPS_HOST_NOT_FOUND', () =>
        raw.ask('does-not-exist.invalid', 443, get('/', [], 'does-not-exist.invalid')),
      );
      for (const guest of crateGuests) {
        const printed = await runClient(context, guest, { allowHosts, proxy: 'none' }, [
          'https://does-not-exist.invalid/',
        ]);
        assert.equal(printed.exitCode, 1, printed.text);
      }
    },
  },
  {
    name: 'a port where nobody listens is an error',
    source: 'guest-abi section 2: "Connection refused" traps',
    async run(context) {
      const port = await withServer([], async (server) => server.port);
      const raw = await RawCalls.create(context, rulesFor({ port }));
      await assertFails(context, 'ERR_HTTPS_CONNECT', () => raw.ask('localhost', port, get()));
    },
  },
];
