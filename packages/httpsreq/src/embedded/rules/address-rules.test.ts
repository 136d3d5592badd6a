import { describe, expect, it } from 'vitest';
import { allowsAddress, isAddressRange } from './address-rules.js';

const strict = { allowPrivateAddresses: false, allowAddresses: [] };

// IANA's registries of special-purpose addresses (RFC 6890 and its updates) name the source of each range.
describe('allowsAddress', () => {
  it.each([
    ['127.0.0.1', 'RFC 1122'],
    ['0.0.0.0', 'RFC 1122'],
    ['10.1.2.3', 'RFC 1918'],
    ['172.16.0.1', 'RFC 1918'],
    ['192.168.1.1', 'RFC 1918'],
    ['100.64.0.1', 'RFC 6598, carriers'],
    ['169.254.169.254', 'RFC 3927, link-local; services of clouds'],
    ['192.0.0.1', 'RFC 6890'],
    ['192.0.2.1', 'RFC 5737'],
    ['198.18.0.1', 'RFC 2544'],
    ['224.0.0.1', 'RFC 5771, multicast'],
    ['240.0.0.1', 'RFC 1112'],
    ['255.255.255.255', 'RFC 919'],
    ['::', 'RFC 4291, unspecified'],
    ['::1', 'RFC 4291, loopback'],
    ['fe80::1', 'RFC 4291, link-local'],
    ['fe80::1%lo', 'the same with a scope'],
    ['fec0::1', 'RFC 3879'],
    ['fc00::1', 'RFC 4193'],
    ['fd12:3456::1', 'RFC 4193'],
    ['ff02::1', 'RFC 4291, multicast'],
    ['::ffff:127.0.0.1', 'RFC 4291, mapped'],
    ['::ffff:10.0.0.1', 'RFC 4291, mapped'],
    ['::127.0.0.1', 'RFC 4291, compatible'],
    ['64:ff9b::7f00:1', 'RFC 6052, NAT64 of 127.0.0.1'],
    ['64:ff9b::a00:1', 'RFC 6052, NAT64 of 10.0.0.1'],
    ['64:ff9b:1::1', 'RFC 8215'],
    ['2002:7f00:1::1', 'RFC 3056, 6to4 of 127.0.0.1'],
    ['2001::1', 'RFC 4380, Teredo'],
    ['2001:db8::1', 'RFC 3849'],
    ['4000::1', 'not given out'],
  ])('refuses %s (%s)', (address) => {
    expect(allowsAddress(strict, address)).toBe(false);
    expect(allowsAddress({ ...strict, allowPrivateAddresses: true }, address)).toBe(true);
  });

  it.each([
    '1.1.1.1',
    '93.184.215.14',
    '172.32.0.1',
    '2606:4700::1111',
    '::ffff:1.1.1.1',
    '64:ff9b::101:101',
  ])('takes %s', (address) => {
    expect(allowsAddress(strict, address)).toBe(true);
  });

  it.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.0/8', '127.1.2.3', true],
    ['127.0.0.0/8', '::ffff:127.1.2.3', true],
    ['127.0.0.1', '127.0.0.2', false],
    ['10.0.0.0/8', '11.0.0.1', true],
    ['10.0.0.0/8', '192.168.0.1', false],
    ['fd00::/8', 'fd01::1', true],
    ['::/0', '127.0.0.1', false],
    ['0.0.0.0/0', '::1', false],
    ['::1', '::1', true],
  ])('with %s treats %s as %s', (range, address, expected) => {
    expect(allowsAddress({ ...strict, allowAddresses: [range] }, address)).toBe(expected);
  });
});

describe('isAddressRange', () => {
  it.each(['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'])('takes %s', (text) => {
    expect(isAddressRange(text)).toBe(true);
  });
  it.each(['', '127.1', '10/8', 'localhost', '10.0.0.0/33', '10.0.0.0/', '::1%lo', '1.2.3.4/8/8'])(
    'does not take %j',
    (text) => {
      expect(isAddressRange(text)).toBe(false);
    },
  );
});
