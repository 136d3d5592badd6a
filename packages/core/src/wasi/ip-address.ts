import { builtin } from '../builtin.js';

/** Four bytes as an address. */
export function formatIpv4(bytes: Uint8Array): string {
  return bytes.join('.');
}

/** Sixteen bytes as an address, in its shortest form. */
export function formatIpv6(bytes: Uint8Array): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16),
  );
  const { SocketAddress } = builtin('node:net');
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address;
}

/** The bytes of an address: 4 or 16; `undefined` for another text. */
export function addressBytes(text: string): Uint8Array | undefined {
  const { isIPv4, isIPv6 } = builtin('node:net');
  if (isIPv4(text)) return Uint8Array.from(text.split('.').map(Number));
  if (!isIPv6(text)) return undefined;
  // A URL writes out the IPv4 address that may stand at the end; scopes (`%eth0`) are not part of the bytes.
  const host = new URL(`http://[${text.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  const [head = '', tail] = host.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return Uint8Array.from(
    groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]),
  );
}
