import { lookup } from 'node:dns/promises';
import { AddressNotAllowedError, HostNotFoundError } from '../errors.js';
import { abortable } from './cancellation.js';
import { type AddressRules, allowsAddress } from './rules/address-rules.js';
import type { Host } from './rules/host-name.js';

const loopback = ['127.0.0.1', '::1'];

/**
 * The addresses of a host to which a connection may be made, in the order of the system. An address that `allowHosts` names is allowed by that.
 *
 * @throws {HostNotFoundError} when the host has no address.
 * @throws {AddressNotAllowedError} when it has none that is allowed.
 */
export async function resolveHost(
  host: Host,
  rules: AddressRules,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (host.kind === 'address') {
    return [host.text];
  }
  const found = isLocalhost(host.text) ? loopback : await lookUp(host.text, signal);
  const allowed = found.filter((address) => allowsAddress(rules, address));
  if (allowed.length === 0) {
    throw new AddressNotAllowedError(
      `The host ${host.text} has the address ${found.join(', ')}, which is not public; list it in allowAddresses, or set allowPrivateAddresses, if guests may reach it.`,
    );
  }
  return allowed;
}

/** RFC 6761, section 6.3: such names are this machine's, on one without a table of hosts too, and no name server is asked. */
function isLocalhost(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost');
}

async function lookUp(name: string, signal: AbortSignal): Promise<string[]> {
  let cause: unknown;
  try {
    const found = await abortable<{ address: string }[]>(signal, (resolve, reject) => {
      lookup(name, { all: true, verbatim: true }).then(resolve, reject);
      return undefined;
    });
    if (found.length > 0) {
      return found.map(({ address }) => address);
    }
  } catch (error) {
    signal.throwIfAborted();
    cause = error;
  }
  throw new HostNotFoundError(`The host ${name} has no address; check the name and the network.`, { cause });
}
