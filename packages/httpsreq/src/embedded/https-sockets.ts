import { isIPv4 } from 'node:net';
import type { BlockingCaller, SocketPolicy } from '@wasmedge-plugins/core';
import { AddressNotAllowedError, HostNotFoundError } from '../errors.js';
import type { CheckedRules } from '../options.js';
import { resolveTask } from '../task-references.js';
import type { HttpsGate } from './https-gate.js';
import type { ResolveRequest } from './resolve-task.js';
import { type Host, parseHost } from './rules/host-name.js';

/** An address that no host has (RFC 5737), for hosts whose real one a guest could not use or cannot be known. */
const placeholder = '192.0.2.1';
// A guest that looks up many names makes the host remember no more than this, however many share an address.
const maxRemembered = 4096;

/**
 * The socket that guests open before they call the plug-in: names and addresses are allowed by the same rules as requests, and the socket leads nowhere.
 */
export class HttpsSockets implements SocketPolicy {
  readonly #rules: CheckedRules;
  readonly #gate: HttpsGate;
  readonly #blocking: Pick<BlockingCaller, 'call'>;
  /** The allowed hosts that were looked up, by each of their addresses. */
  readonly #hostsByAddress = new Map<string, Set<string>>();
  /** How many hosts are remembered, each counted once for each of its addresses. */
  #remembered = 0;

  constructor(rules: CheckedRules, gate: HttpsGate, blocking: Pick<BlockingCaller, 'call'>) {
    this.#rules = rules;
    this.#gate = gate;
    this.#blocking = blocking;
  }

  lookUp(name: string): readonly string[] | undefined {
    const host = parseHost(name);
    if (host === undefined || !this.#rules.allowHosts.allowsSomePort(host)) {
      return undefined;
    }
    const addresses = this.#allowedAddressesOf(host);
    for (const address of addresses ?? []) {
      this.#remember(address, host);
    }
    return addresses;
  }

  connect(address: string, port: number): boolean {
    const literal = parseHost(address);
    if (literal !== undefined && this.#rules.allowHosts.allows(literal, port)) {
      return true;
    }
    return [...(this.#hostsByAddress.get(literal?.text ?? address) ?? [])].some((name) => {
      const host = parseHost(name);
      return host !== undefined && this.#rules.allowHosts.allows(host, port);
    });
  }

  #allowedAddressesOf(host: Host): readonly string[] | undefined {
    try {
      return this.#addressesOf(host);
    } catch (error) {
      if (AddressNotAllowedError.isInstance(error)) {
        return undefined;
      }
      if (HostNotFoundError.isInstance(error)) {
        return [];
      }
      throw error;
    }
  }

  #addressesOf(host: Host): readonly string[] {
    if (host.kind === 'address') {
      return [host.text];
    }
    // A proxy looks names up; this machine may not be able to.
    if (this.#gate.mayUseProxy(host)) {
      return [placeholder];
    }
    const { connectTimeoutMs, allowAddresses, allowPrivateAddresses } = this.#rules;
    const request: ResolveRequest = {
      host,
      rules: { allowAddresses, allowPrivateAddresses },
      timeoutMs: connectTimeoutMs,
    };
    const addresses = this.#blocking.call<readonly string[]>(resolveTask, request);
    // The guests' crates know no IPv6.
    return addresses.some((address) => isIPv4(address)) ? addresses : [...addresses, placeholder];
  }

  #remember(address: string, { text }: Host): void {
    const known = parseHost(address)?.text ?? address;
    if (this.#hostsByAddress.get(known)?.has(text)) {
      return;
    }
    if (this.#remembered >= maxRemembered) {
      this.#hostsByAddress.clear();
      this.#remembered = 0;
    }
    const hosts = this.#hostsByAddress.get(known) ?? new Set<string>();
    this.#hostsByAddress.set(known, hosts.add(text));
    this.#remembered++;
  }
}
