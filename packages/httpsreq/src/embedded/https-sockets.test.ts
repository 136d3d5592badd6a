import { afterEach, beforeEach, expect, it } from 'vitest';
import { testRules } from '../__fixtures__/exchange-with.js';
import { AddressNotAllowedError, HostNotFoundError } from '../errors.js';
import type { HttpsRules } from '../options.js';
import { HttpsGate } from './https-gate.js';
import { HttpsSockets } from './https-sockets.js';
import type { ResolveRequest } from './resolve-task.js';

/** Sockets whose helper thread is a function. */
function socketsWith(
  rules: HttpsRules,
  resolve: (name: string) => readonly string[] = () => ['93.184.215.14'],
) {
  const checked = testRules({ allowAddresses: [], ...rules });
  const asked: string[] = [];
  const sockets = new HttpsSockets(checked, new HttpsGate(checked), {
    call: ((_task: unknown, { host }: ResolveRequest) => {
      asked.push(host.text);
      return resolve(host.text);
    }) as never,
  });
  return { sockets, asked };
}

const proxy = process.env.HTTPS_PROXY;
beforeEach(() => {
  delete process.env.HTTPS_PROXY;
});
afterEach(() => {
  if (proxy !== undefined) process.env.HTTPS_PROXY = proxy;
});

it('looks up the names that may be asked on some port, and no other', () => {
  const { sockets, asked } = socketsWith({ allowHosts: ['example.org:8443', '*.example.net'] });
  expect(sockets.lookUp('EXAMPLE.org.')).toEqual(['93.184.215.14']);
  expect(sockets.lookUp('a.example.net')).toEqual(['93.184.215.14']);
  for (const name of ['evil.com', 'example.net', '127.0.0.1', 'localhost', '', 'example.org\0']) {
    expect(sockets.lookUp(name)).toBeUndefined();
  }
  expect(asked).toEqual(['example.org', 'a.example.net']);
});

it('lets sockets connect to an address for the names that it was looked up for, on their ports', () => {
  const { sockets } = socketsWith({ allowHosts: ['example.org:8443', 'other.example'] }, (name) =>
    name === 'example.org' ? ['93.184.215.14', '2606:2800:21f::1'] : ['93.184.215.14'],
  );
  expect(sockets.connect('93.184.215.14', 8443)).toBe(false);
  sockets.lookUp('example.org');
  expect(sockets.connect('93.184.215.14', 8443)).toBe(true);
  expect(sockets.connect('2606:2800:21f:0:0:0:0:1', 8443)).toBe(true);
  expect(sockets.connect('93.184.215.14', 443)).toBe(false);
  sockets.lookUp('other.example');
  expect(sockets.connect('93.184.215.14', 443)).toBe(true);
  expect(sockets.connect('93.184.215.15', 443)).toBe(false);
});

it('takes addresses that are allowed themselves, without a look-up', () => {
  const { sockets, asked } = socketsWith({ allowHosts: ['10.0.0.5:8443', '[::1]'] });
  expect(sockets.lookUp('10.0.0.5')).toEqual(['10.0.0.5']);
  expect(sockets.connect('10.0.0.5', 8443)).toBe(true);
  expect(sockets.connect('10.0.0.5', 443)).toBe(false);
  expect(sockets.connect('::1', 443)).toBe(true);
  expect(asked).toEqual([]);
});

it('refuses names whose addresses are not allowed, and knows of names that are not there', () => {
  const { sockets } = socketsWith({ allowHosts: ['inside.example', 'nowhere.example'] }, (name) => {
    throw name === 'inside.example' ? new AddressNotAllowedError('') : new HostNotFoundError('');
  });
  expect(sockets.lookUp('inside.example')).toBeUndefined();
  expect(sockets.lookUp('nowhere.example')).toEqual([]);
});

it('gives an address that stands for a host where the real one is of no use', () => {
  // The guests' crates know no IPv6; a proxy looks names up itself. 192.0.2.1 is nobody's (RFC 5737).
  const six = socketsWith({ allowHosts: ['six.example'] }, () => ['2606:2800:21f::1']);
  expect(six.sockets.lookUp('six.example')).toEqual(['2606:2800:21f::1', '192.0.2.1']);
  expect(six.sockets.connect('192.0.2.1', 443)).toBe(true);
  const proxied = socketsWith({ allowHosts: ['far.example'], proxy: 'http://proxy.example:3128' });
  expect(proxied.sockets.lookUp('far.example')).toEqual(['192.0.2.1']);
  expect(proxied.sockets.connect('192.0.2.1', 443)).toBe(true);
  expect(proxied.asked).toEqual([]);
});

it('forgets what it remembers rather than grow without end', () => {
  let next = 0;
  const { sockets } = socketsWith({ allowHosts: ['*.example'] }, () => [`93.184.${next >> 8}.${next & 255}`]);
  for (; next < 5000; next += 1) {
    sockets.lookUp(`n${next}.example`);
  }
  expect(sockets.connect('93.184.0.0', 443)).toBe(false);
  expect(sockets.connect('93.184.19.135', 443)).toBe(true);
});

it('forgets names that share an address too, and then remembers what comes after', () => {
  const { sockets } = socketsWith(
    { allowHosts: ['first.test:8443', '*.example', 'last.test:8444'] },
    (name) => [name === 'last.test' ? '93.184.215.15' : '93.184.215.14'],
  );
  sockets.lookUp('first.test');
  expect(sockets.connect('93.184.215.14', 8443)).toBe(true);
  for (let next = 0; next < 4200; next += 1) {
    sockets.lookUp(`n${next}.example`);
  }
  expect(sockets.connect('93.184.215.14', 8443)).toBe(false);
  sockets.lookUp('last.test');
  sockets.lookUp('n0.example');
  expect(sockets.connect('93.184.215.15', 8444)).toBe(true);
});
