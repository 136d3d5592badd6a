import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, it } from 'vitest';
import { testRules } from '../__fixtures__/exchange-with.js';
import type { HttpsRequestEnd, HttpsRequestInfo } from '../hook-options.js';
import type { HttpsRules } from '../options.js';
import { httpsRequestChannelName } from './channel.js';
import { HttpsGate } from './https-gate.js';
import { HttpsSession } from './https-session.js';

type Call = (task: { exportName: string }, request: unknown) => unknown;

const answer = {
  status: 200,
  address: '192.0.2.1',
  responseBytes: 3,
  bytes: Uint8Array.of(1, 2, 3),
  head: undefined,
};

/** A session whose helper thread is a function; it notes which tasks were asked for. */
function sessionWith(rules: HttpsRules, call: Call = () => answer) {
  const checked = testRules(rules);
  const tasks: string[] = [];
  const session = new HttpsSession(new HttpsGate(checked), checked, {
    call: ((task: Parameters<Call>[0], request: unknown) => {
      tasks.push(task.exportName);
      return call(task, request);
    }) as never,
  });
  const send = (host = 'localhost', text = 'GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n', port = 443) =>
    session.send({ host, port, bytes: Buffer.from(text) });
  return { session, tasks, send };
}

function thrownBy(action: () => unknown): Record<string, unknown> {
  try {
    action();
  } catch (error) {
    return error as Record<string, unknown>;
  }
  throw new Error('It threw nothing.');
}

it('asks nothing of the helper thread for what is not allowed: neither a look-up nor a connection', () => {
  const { send, tasks } = sessionWith({ maxRequestBytes: 100, allowHosts: ['localhost', 'other.example'] });
  const get = (host: string) => `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const code = (action: () => unknown) => thrownBy(action).code;
  expect(code(() => send('evil.com'))).toBe('ERR_HTTPS_HOST_NOT_ALLOWED');
  expect(code(() => send('localhost', undefined, 8443))).toBe('ERR_HTTPS_HOST_NOT_ALLOWED');
  expect(code(() => send('localhost\0', undefined))).toBe('ERR_HTTPS_HOST_NOT_ALLOWED');
  expect(code(() => send('localhost', get('evil.com')))).toBe('ERR_HTTPS_HOST_NOT_ALLOWED');
  expect(code(() => send('localhost', get('localhost').replace('/', 'https://evil.com/')))).toBe(
    'ERR_HTTPS_HOST_NOT_ALLOWED',
  );
  expect(code(() => send('localhost', get('localhost') + get('evil.com')))).toBe(
    'ERR_HTTPS_MALFORMED_REQUEST',
  );
  expect(code(() => send('localhost', get('localhost').padEnd(101, 'x')))).toBe(
    'ERR_HTTPS_REQUEST_TOO_LARGE',
  );
  expect(tasks).toEqual([]);
  for (const host of ['localhost', 'LOCALHOST.', 'localhost:8443', 'other.example']) {
    send('localhost', get(host));
  }
  expect(tasks).toHaveLength(4);
});

it('keeps the last response when a request fails', () => {
  let fails = false;
  const { session, send } = sessionWith({}, () => {
    if (fails) throw new Error('no');
    return answer;
  });
  expect(session.received).toHaveLength(0);
  send();
  fails = true;
  expect(() => send()).toThrow('no');
  expect(() => send('evil.com')).toThrow();
  expect(session.received).toEqual(answer.bytes);
});

it('gives errors of the helper thread the class that they lost on the way', async () => {
  const { CertificateError } = await import('../errors.js');
  const original = new CertificateError('not good', { cause: new Error('why') });
  const lost = Object.assign(new Error(original.message, { cause: original.cause }), { code: original.code });
  Object.defineProperty(lost, Symbol.for('@wasmedge-plugins/error'), { value: true });
  const { send } = sessionWith({}, () => {
    throw lost;
  });
  const error = thrownBy(() => send());
  expect(error).toBeInstanceOf(CertificateError);
  expect(error).toMatchObject({ message: 'not good', cause: original.cause });
});

it('shows each request to the hooks and on the channel', () => {
  const before: HttpsRequestInfo[] = [];
  const after: HttpsRequestEnd[] = [];
  const published: unknown[] = [];
  const listen = (message: unknown) => published.push(message);
  subscribe(httpsRequestChannelName, listen);
  const { send } = sessionWith({
    onRequest: (info) => void before.push(info),
    onResponse: (end) => void after.push(end),
  });
  send();
  thrownBy(() => send('evil.com'));
  unsubscribe(httpsRequestChannelName, listen);
  const info = { method: 'GET', host: 'localhost', port: 443, path: '/x', requestBytes: 36 };
  expect(before).toEqual([info]);
  expect(after).toEqual([
    {
      ...info,
      status: 200,
      responseBytes: 3,
      address: '192.0.2.1',
      errorCode: undefined,
      durationMs: expect.any(Number),
    },
    {
      ...info,
      host: 'evil.com',
      status: undefined,
      responseBytes: 0,
      address: undefined,
      errorCode: 'ERR_HTTPS_HOST_NOT_ALLOWED',
      durationMs: expect.any(Number),
    },
  ]);
  expect(published).toEqual(after);
});

it.each([
  ['false', () => false, undefined],
  [
    'an error',
    () => {
      throw new Error('not on Sundays');
    },
    'not on Sundays',
  ],
  ['a promise', () => Promise.resolve(true), expect.stringMatching(/^The hook onRequest is asynchronous/)],
])('refuses when the hook answers with %s', (_what, onRequest, message) => {
  const { send, tasks } = sessionWith({ onRequest: onRequest as () => boolean });
  const error = thrownBy(() => send());
  expect(error.code).toBe('ERR_HTTPS_REQUEST_REFUSED');
  expect((error.cause as Error | undefined)?.message).toEqual(message);
  expect(tasks).toEqual([]);
});

it('copies the request, which a guest could change while it is sent', () => {
  const bytes = Buffer.from('GET / HTTP/1.1\r\n\r\n');
  let sent: Uint8Array | undefined;
  const { session } = sessionWith({ onRequest: () => void bytes.fill(0) }, (_task, request) => {
    sent = (request as { bytes: Uint8Array }).bytes;
    return answer;
  });
  session.send({ host: 'localhost', port: 443, bytes });
  expect(Buffer.from(sent ?? []).toString()).toBe('GET / HTTP/1.1\r\n\r\n');
});
