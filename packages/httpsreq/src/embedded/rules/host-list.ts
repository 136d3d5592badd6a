import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { type Host, parseHost } from './host-name.js';

interface Entry {
  readonly host: string;
  /** Whether the names below `host` are meant, and not itself. */
  readonly below: boolean;
  /** `undefined` for any. */
  readonly port: number | undefined;
}

const defaultPort = 443;
const shape = /^(?<wildcard>\*\.)?(?<host>\[[^\]]*\]|[^:]+)(?::(?<port>\*|[0-9]{1,5}))?$/;

/** The hosts that may be asked. */
export class HostList {
  readonly #entries: readonly Entry[];

  /** @throws {InvalidArgumentError} naming the entry that cannot be read. */
  constructor(texts: readonly string[]) {
    this.#entries = texts.map(parseEntry);
  }

  allows(host: Host, port: number): boolean {
    return (
      isPort(port) &&
      this.#entries.some((entry) => covers(entry, host) && (entry.port === undefined || entry.port === port))
    );
  }

  /** Whether there is any port on which the host may be asked. */
  allowsSomePort(host: Host): boolean {
    return this.#entries.some((entry) => covers(entry, host));
  }
}

function covers({ host: text, below }: Entry, host: Host): boolean {
  return below ? host.kind === 'name' && host.text.endsWith(`.${text}`) : host.text === text;
}

function parseEntry(text: string): Entry {
  const { wildcard, host: hostText = '', port = String(defaultPort) } = shape.exec(text)?.groups ?? {};
  const host = parseHost(hostText);
  const number = port === '*' ? undefined : Number(port);
  const below = wildcard !== undefined;
  if (host === undefined || (below && host.kind !== 'name') || (number !== undefined && !isPort(number))) {
    throw new InvalidArgumentError(
      `allowHosts has the entry ${JSON.stringify(text)}, which is not a host; write 'example.org', 'example.org:8443', '*.example.org', '10.0.0.5' or '[::1]:8443'.`,
    );
  }
  return { host: host.text, below, port: number };
}

function isPort(number: number): boolean {
  return number >= 1 && number <= 65535;
}
