import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { expect, test } from 'vitest';
import { parseServerAddress } from './server-address.js';

test.each([
  ['grpc://host:8001', 'host', 8001, ''],
  ['grpcs://host', 'host', 443, ''],
  ['GRPCS://Host:443/', 'host', 443, ''],
  ['http://host', 'host', 80, ''],
  ['https://host/a/b/', 'host', 443, '/a/b'],
  ['http://host:443', 'host', 443, ''],
  ['grpc://[::1]:80', '::1', 80, ''],
  ['grpc://127.0.0.1:8001', '127.0.0.1', 8001, ''],
])('%s', (text, host, port, prefix) => {
  expect(parseServerAddress(text)).toMatchObject({ host, port, prefix });
});

test('is told in one form', () => {
  expect(parseServerAddress('HTTPS://Host/a/').text).toBe('https://host:443/a');
  expect(parseServerAddress('grpc://[::1]:8001').text).toBe('grpc://[::1]:8001');
});

test.each([
  ['host:8001', 'does not begin with grpc://'],
  ['ftp://host', 'does not begin with grpc://'],
  ['grpc:///x', 'does not begin with grpc://'],
  ['grpc://host', 'has no port'],
  ['http://host:0', 'has port 0'],
  ['http://host:99999', 'not a valid URL'],
  ['http://ho st', 'not a valid URL'],
  ['grpc://host:1/path', 'has a path'],
  ['https://host/a/v2/models/', 'has the path /v2/models'],
  ['https://host/v2/models/road/versions', 'has the path /v2/models'],
  ['http://host\\\\.example:8000', 'has a backslash or a blank'],
  ['grpc://host:8001\n', 'has a backslash or a blank'],
  ['http://host:80/a b', 'has a backslash or a blank'],
  ['http://host/?token=SECRET', 'has a query'],
  ['http://host/#SECRET', 'has a query or fragment'],
  ['http://user:SECRET@host', 'has a user or password'],
  ['http://SECRET@host', 'has a user or password'],
  ['http://user:SE/CRET@host:1', 'is not a valid URL'],
])('%s is refused, without what may be secret', (text, words) => {
  expect(() => parseServerAddress(text)).toThrow(InvalidArgumentError);
  expect(() => parseServerAddress(text)).toThrow(words);
  expect(() => parseServerAddress(text)).not.toThrow(/SE\/?CRET/);
});
