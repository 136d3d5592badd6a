import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';

/** A host in its one form: a name in lower case and IDNA's ASCII, without a trailing dot; an address in its shortest form, without brackets. */
export interface Host {
  readonly kind: 'name' | 'address';
  readonly text: string;
}

const longestName = 253;
/** Longer than any name before its conversion, which takes the square of the time for long ones. */
const longestText = 1024;
const nameShape = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*$/;
/** What is in no name, and what the conversion to IDNA's ASCII would drop, decode or take for an end. */
const foreign = /[^A-Za-z0-9._\u0080-\u{10ffff}-]/u;
/** What the system's resolver may read as a number, and so as an address: `127.1`, `0x7f.0.0.1`. */
const numberAtEnd = /(?:^|\.)(?:0x[0-9a-f]*|[0-9]+)$/;

/** The host that a text names, or undefined when it can be none. */
export function parseHost(text: string): Host | undefined {
  if (text.length > longestText) {
    return undefined;
  }
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  if (isIP(bare) !== 0) {
    // Scopes (`%eth0`) name an interface of this machine; no server of the network needs one.
    return bare.includes('%') ? undefined : { kind: 'address', text: ipaddr.parse(bare).toString() };
  }
  if (bare !== text || foreign.test(text)) {
    return undefined;
  }
  const name = domainToASCII(text.endsWith('.') ? text.slice(0, -1) : text);
  if (name.length > longestName || !nameShape.test(name) || numberAtEnd.test(name)) {
    return undefined;
  }
  return { kind: 'name', text: name };
}

/** A host and port as they are written in URLs. */
export function formatHost(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
