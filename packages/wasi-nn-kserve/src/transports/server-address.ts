import { InvalidArgumentError, printableName } from '@wasmedge-plugins/core';

/** Where a server is, and how it is spoken to. */
export interface ServerAddress {
  readonly protocol: 'grpc' | 'http';
  /** Whether by TLS. */
  readonly isSecure: boolean;
  /** A name or an IP address; one of version 6 without its brackets. */
  readonly host: string;
  readonly port: number;
  /** What stands before each path, such as `/models`; without a slash at the end. */
  readonly prefix: string;
  /** The address in one form, for messages. */
  readonly text: string;
}

const defaultPorts: Readonly<Record<string, number | undefined>> = {
  'http:': 80,
  'https:': 443,
  'grpcs:': 443,
  'grpc:': undefined,
};

/**
 * Reads `grpc://host:port`, `grpcs://host[:port]`, `http://host[:port][/prefix]` or `https://…`. The port is 80 for `http`, and 443 for `https` and for
 * `grpcs`, as gRPC's naming has it; `grpc` needs one, since servers differ (Triton 8001, MLServer 8081, OpenVINO Model Server 9000).
 *
 * @throws {InvalidArgumentError} for anything else, such as a user, a query, or a path of a gRPC server.
 */
export function parseServerAddress(text: string): ServerAddress {
  const shown = `The server address "${printableName(withoutSecrets(text), 200)}"`;
  const scheme = /^([a-z]+:)\/\/[^/]/i.exec(text)?.[1]?.toLowerCase() ?? '';
  if (!Object.hasOwn(defaultPorts, scheme)) {
    throw new InvalidArgumentError(
      `${shown} does not begin with grpc://, grpcs://, http:// or https://. Write it as in grpc://host:8001.`,
    );
  }
  // URL reads hosts and ports of schemes that it knows more strictly than those of others.
  const isSecure = scheme.endsWith('s:');
  const url = parse(`${isSecure ? 'https' : 'http'}${text.slice(scheme.length - 1)}`);
  if (url === undefined) throw new InvalidArgumentError(`${shown} is not a valid URL.`);
  if (url.username !== '' || url.password !== '') {
    throw new InvalidArgumentError(
      `${shown} has a user or password. Remove it, and give what the server wants to know by the option "credentials".`,
    );
  }
  // A URL has a slash for a backslash, so that its host is not what it looks like; blanks it leaves out.
  if (/[\\\s]/.test(text)) {
    throw new InvalidArgumentError(`${shown} has a backslash or a blank. Remove it.`);
  }
  if (/[?#]/.test(text)) {
    throw new InvalidArgumentError(`${shown} has a query or fragment. Remove what begins with "?" or "#".`);
  }
  const protocol = scheme.startsWith('grpc') ? 'grpc' : 'http';
  const prefix = url.pathname.replace(/\/+$/, '');
  if (protocol === 'grpc' && prefix !== '') {
    throw new InvalidArgumentError(`${shown} has a path, which gRPC servers do not have. Remove it.`);
  }
  if (/\/v2\/models(\/|$)/.test(prefix)) {
    throw new InvalidArgumentError(
      `${shown} has the path /v2/models, which every request has by itself. Remove it and what follows.`,
    );
  }
  const port = portOf(text, scheme);
  if (port === undefined) {
    throw new InvalidArgumentError(`${shown} has no port. Add it: Triton's is 8001, as in grpc://host:8001.`);
  }
  if (port === 0) throw new InvalidArgumentError(`${shown} has port 0. Write the port that the server has.`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { protocol, isSecure, host, port, prefix, text: `${scheme}//${url.hostname}:${port}${prefix}` };
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** The port as it is written, since URL leaves out the one that its own scheme has. */
function portOf(text: string, scheme: string): number | undefined {
  const written = /^[^/]*\/\/[^/?#]*?:(\d+)(?:[/?#]|$)/.exec(text)?.[1];
  return written === undefined ? defaultPorts[scheme] : Number(written);
}

/** An address for a message: what may be a password or a token is left out. */
function withoutSecrets(text: string): string {
  return text.replace(/[?#].*$/s, '?…').replace(/^([^/]*\/\/).*@/s, '$1…@');
}
