import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { HostList } from './host-list.js';
import { parseHost } from './host-name.js';

function allows(entry: string, host: string, port = 443): boolean {
  const parsed = parseHost(host);
  return parsed !== undefined && new HostList([entry]).allows(parsed, port);
}

describe('HostList', () => {
  it.each([
    ['example.org', 'example.org', 443],
    ['example.org', 'EXAMPLE.org.', 443],
    ['Example.ORG.', 'example.org', 443],
    ['example.org:8443', 'example.org', 8443],
    ['example.org:*', 'example.org', 1],
    ['*.example.org', 'a.example.org', 443],
    ['*.example.org', 'a.b.example.org', 443],
    ['*.example.org:*', 'a.example.org', 8443],
    // RFC 5891: the A-label of bücher is xn--bcher-kva.
    ['bücher.example', 'xn--bcher-kva.example', 443],
    ['xn--bcher-kva.example', 'BÜCHER.example', 443],
    ['10.0.0.5:8443', '10.0.0.5', 8443],
    ['[::1]:8443', '::1', 8443],
    ['[::1]:8443', '0:0:0:0:0:0:0:1', 8443],
    ['[2001:DB8::1]', '[2001:db8:0::1]', 443],
  ] as const)('with %s allows %s on %i', (entry, host, port) => {
    expect(allows(entry, host, port)).toBe(true);
  });

  it.each([
    ['example.org', 'example.org', 8443],
    ['example.org:8443', 'example.org', 443],
    ['example.org', 'a.example.org', 443],
    ['example.org', 'notexample.org', 443],
    ['*.example.org', 'example.org', 443],
    ['*.example.org', 'evil-example.org', 443],
    ['example.org', 'example.org.evil.com', 443],
    ['example.org', 'example.org..', 443],
    ['example.org', 'example.org\0.evil.com', 443],
    ['example.org', 'example.org@evil.com', 443],
    ['example.org', 'example.org:443', 443],
    ['example.org', 'example.org ', 443],
    ['example.org', '', 443],
    ['127.0.0.1', '::ffff:127.0.0.1', 443],
    ['127.0.0.1', '127.1', 443],
    ['127.0.0.1', '0x7f.0.0.1', 443],
    ['127.0.0.1', '2130706433', 443],
    ['127.0.0.1', '0127.0.0.1', 443],
    ['[::1]', '::1%lo', 443],
    ['example.org:*', 'example.org', 0],
    ['example.org:*', 'example.org', 65_979],
  ] as const)('with %s refuses %j on %i', (entry, host, port) => {
    expect(allows(entry, host, port)).toBe(false);
  });

  it.each([
    '',
    '*',
    '*.',
    'a b',
    'example.org:',
    'example.org:0',
    'example.org:65536',
    'https://example.org',
    'example.org/x',
    '::1',
    '*.10.0.0.1',
    'a..b',
    'example.org:443:1',
    '10.0.0.1/8',
    '127.1',
  ])('does not take the entry %j', (entry) => {
    expect(() => new HostList([entry])).toThrow(InvalidArgumentError);
    expect(() => new HostList([entry])).toThrow(JSON.stringify(entry));
  });

  it('allows nothing when it is empty', () => {
    expect(new HostList([]).allowsSomePort({ kind: 'name', text: 'example.org' })).toBe(false);
  });
});

it('does not convert what is longer than any name', () => {
  const text = 'é'.repeat(1_000_000);
  const before = process.cpuUsage();
  expect(parseHost(text)).toBeUndefined();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(50);
});
