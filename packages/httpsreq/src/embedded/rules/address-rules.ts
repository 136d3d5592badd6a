import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Which addresses a name may have. Plain data, so that it reaches the helper thread. */
export interface AddressRules {
  readonly allowPrivateAddresses: boolean;
  /** Addresses and CIDR ranges that are allowed whatever they are. */
  readonly allowAddresses: readonly string[];
}

const globalUnicast = ipaddr.IPv6.parse('2000::');
const nat64 = ipaddr.IPv6.parse('64:ff9b::');

/** Whether a connection may be made to the address. */
export function allowsAddress(rules: AddressRules, address: string): boolean {
  if (rules.allowPrivateAddresses) {
    return true;
  }
  const parsed = unwrapped(ipaddr.parse(address));
  return isPublic(parsed) || rules.allowAddresses.some((range) => isInRange(parsed, range));
}

/** Whether a text is an address or a CIDR range. */
export function isAddressRange(text: string): boolean {
  const [address = '', bits] = text.split('/', 2);
  return isIP(address) !== 0 && !address.includes('%') && (bits === undefined || ipaddr.isValidCIDR(text));
}

function isInRange(address: ipaddr.IPv4 | ipaddr.IPv6, text: string): boolean {
  const [base, bits] = ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : [ipaddr.parse(text), undefined];
  if (base.kind() !== address.kind()) {
    return false;
  }
  return address.match(base, bits ?? (base.kind() === 'ipv4' ? 32 : 128));
}

/** Public is what the registries of IANA give no special purpose. */
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || address.match(globalUnicast, 3));
}

/** The IPv4 address inside an IPv6 address where the network takes it out: mapped ones and those of NAT64 (RFC 6052). */
function unwrapped(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (!(address instanceof ipaddr.IPv6)) {
    return address;
  }
  if (address.isIPv4MappedAddress()) {
    return address.toIPv4Address();
  }
  return address.match(nat64, 96) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address;
}
