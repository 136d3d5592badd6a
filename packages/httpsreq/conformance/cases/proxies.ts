import { strict as assert } from 'node:assert';
import { Buffer } from 'node:buffer';
import type { CaseContext, ConformanceCase } from '@wasmedge-plugins/conformance';
import type { HttpsRules } from '../../src/options.js';
import { assertFails } from '../drive/assert-fails.js';
import { runClient } from '../drive/http-req-client.js';
import { get, RawCalls } from '../drive/raw-calls.js';
import { answer, okResponse } from '../drive/responses.js';
import { rulesFor } from '../drive/rules.js';
import type { ProxySetup } from '../servers/server-setup.js';
import { type TestServer, withProxy, withServer } from '../servers/with-server.js';

const source = 'RFC 9110 section 9.3.6: CONNECT';
const upstreamDiffers = 'proxies are not known';
const steps = [...answer(okResponse('hello')), 'end'] as const;

/** Ways through a proxy. */
export const proxyCases: readonly ConformanceCase[] = [
  {
    name: 'a request goes through the proxy that is given',
    source,
    upstreamDiffers,
    detects: ['ignores-proxy'],
    run: (context) =>
      throughProxy({}, async (server, proxy) => {
        const raw = await RawCalls.create(
          context,
          rulesFor(server, { proxy: `http://127.0.0.1:${proxy.port}` }),
        );
        assert.equal(await raw.ask('localhost', server.port, get()), okResponse('hello'));
        const { requests } = await proxy.report();
        assert.equal(requests.length, 1);
        assert.match(requests[0] ?? '', new RegExp(`^CONNECT localhost:${server.port}(\r\n|$)`));
        assert.deepEqual((await server.report()).serverNames, ['localhost'], 'TLS is with the server');
      }),
  },
  {
    name: 'credentials for the proxy go to the proxy, and not to the server',
    source: 'RFC 9110 section 11.7.2; RFC 7617 section 2',
    upstreamDiffers,
    detects: ['ignores-proxy'],
    run: (context) =>
      throughProxy({ credentials: 'user:pass word' }, async (server, proxy) => {
        const url = `http://user:pass%20word@127.0.0.1:${proxy.port}`;
        const raw = await RawCalls.create(context, rulesFor(server, { proxy: url }));
        assert.equal(await raw.ask('localhost', server.port, get()), okResponse('hello'));
        const given = Buffer.from('user:pass word').toString('base64');
        assert.match(
          (await proxy.report()).requests[0] ?? '',
          new RegExp(`proxy-authorization: Basic ${given}`, 'i'),
        );
        assert.deepEqual((await server.report()).requests, [get()]);
        const without = rulesFor(server, { proxy: `http://127.0.0.1:${proxy.port}` });
        const refused = await RawCalls.create(context, without);
        await assertFails(context, 'ERR_HTTPS_PROXY', () => refused.ask('localhost', server.port, get()));
      }),
  },
  {
    name: 'the variables of the environment name a proxy and what goes past it',
    source: 'curl(1): ENVIRONMENT, HTTPS_PROXY and NO_PROXY',
    upstreamDiffers,
    detects: ['ignores-proxy'],
    run: (context) =>
      throughProxy({}, async (server, proxy) => {
        const ask = async (noProxy: string) => {
          await withVariables(
            { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: noProxy },
            async () => {
              const raw = await RawCalls.create(context, rulesFor(server, { proxy: 'environment' }));
              assert.equal(await raw.ask('localhost', server.port, get()), okResponse('hello'));
            },
          );
          return (await proxy.report()).requests.length;
        };
        assert.equal(await ask(''), 1);
        assert.equal(await ask('localhost'), 1);
        assert.equal(await ask('other.example'), 2);
      }),
  },
  {
    name: 'a host that is not allowed is not asked through a proxy either',
    source: 'design: nothing is allowed that is not named',
    upstreamDiffers,
    detects: ['ignores-allow-list'],
    run: (context) =>
      throughProxy({}, async (server, proxy) => {
        const raw = await RawCalls.create(context, { proxy: `http://127.0.0.1:${proxy.port}` });
        await assertFails(context, 'ERR_HTTPS_HOST_NOT_ALLOWED', () =>
          raw.ask('localhost', server.port, get()),
        );
        assert.equal((await proxy.report()).connections, 0);
      }),
  },
  {
    name: 'a certificate is checked through a proxy as well',
    source: 'RFC 9110 section 4.3.4',
    upstreamDiffers,
    detects: ['certificate-not-verified'],
    run: (context) =>
      throughProxy({}, async (server, proxy) => {
        const raw = await RawCalls.create(
          context,
          rulesFor(server, { ca: [], proxy: `http://127.0.0.1:${proxy.port}` }),
        );
        await assertFails(context, 'ERR_HTTPS_CERTIFICATE', () => raw.ask('localhost', server.port, get()));
        assert.deepEqual((await server.report()).requests, []);
      }),
  },
  {
    name: 'a proxy that refuses, or is not there, is an error',
    source: 'RFC 9110 section 9.3.6: any response other than 2xx means that the tunnel was not formed',
    upstreamDiffers,
    detects: ['ignores-proxy'],
    async run(context) {
      const ask = (rules: HttpsRules, server: TestServer) => failThroughProxy(context, rules, server);
      for (const refuse of [403, 407, 502]) {
        await throughProxy({ refuse }, (server, proxy) =>
          ask(rulesFor(server, { proxy: `http://127.0.0.1:${proxy.port}` }), server),
        );
      }
      await throughProxy({}, async (server) => {
        const free = await withServer([], async ({ port }) => port);
        await ask(rulesFor(server, { proxy: `http://127.0.0.1:${free}` }), server);
      });
    },
  },
  {
    name: 'a guest of http_req_wasi gets through a proxy to a name that only the proxy knows',
    source,
    upstreamDiffers,
    run: (context) =>
      withServer(steps, (server) =>
        withProxy({ target: server.port }, async (proxy) => {
          const name = 'only-the-proxy-knows.invalid';
          const rules = rulesFor(server, {
            allowHosts: [name],
            proxy: `http://127.0.0.1:${proxy.port}`,
            dangerouslyAcceptAnyCertificate: true,
          });
          const printed = await runClient(context, 'http-req-wasi-client', rules, [
            '--show-body',
            `https://${name}/`,
          ]);
          assert.equal(printed.the('body'), 'hello', printed.text);
          assert.match((await proxy.report()).requests[0] ?? '', new RegExp(`^CONNECT ${name}:443`));
        }),
      ),
  },
];

function throughProxy(
  setup: Omit<ProxySetup, 'kind'>,
  work: (server: TestServer, proxy: TestServer) => Promise<void>,
): Promise<void> {
  return withServer(steps, (server) => withProxy(setup, (proxy) => work(server, proxy)));
}

async function failThroughProxy(context: CaseContext, rules: HttpsRules, server: TestServer): Promise<void> {
  const raw = await RawCalls.create(context, rules);
  await assertFails(context, 'ERR_HTTPS_PROXY', () => raw.ask('localhost', server.port, get()));
  assert.equal((await server.report()).connections, 0);
}

async function withVariables(
  variables: Readonly<Record<string, string>>,
  work: () => Promise<void>,
): Promise<void> {
  const names = Object.keys(variables).flatMap((name) => [name, name.toLowerCase()]);
  const before = names.map((name) => [name, process.env[name]] as const);
  try {
    for (const name of names) {
      delete process.env[name];
    }
    Object.assign(process.env, variables);
    await work();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = value;
      }
    }
  }
}
