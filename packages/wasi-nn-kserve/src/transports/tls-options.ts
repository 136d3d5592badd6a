import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import {
  type ConnectionOptions,
  checkServerIdentity,
  createSecureContext,
  type SecureContextOptions,
} from 'node:tls';
import { InvalidArgumentError } from '@wasmedge-plugins/core';
import type { ServerAddress } from './server-address.js';
import type { TlsOptions } from './transport-options.js';

/**
 * Refuses what could never work, before there is a connection.
 *
 * @throws {InvalidArgumentError} for certificates or a key that cannot be read, and for TLS options of an address without TLS.
 */
export function checkTlsOptions(address: ServerAddress, tls: TlsOptions | undefined): void {
  if (tls === undefined) return;
  if ((tls.cert === undefined) !== (tls.key === undefined)) {
    throw new InvalidArgumentError(
      'The options "cert" and "key" of "tls" belong together. Give both, or neither.',
    );
  }
  if (!address.isSecure) return;
  try {
    createSecureContext(secureContextOptions(tls));
    // What is not a certificate there would be left out silently.
    if (tls.ca !== undefined) new X509Certificate(tls.ca);
  } catch (error) {
    throw new InvalidArgumentError(
      `The certificates for ${address.text} cannot be read: ${(error as Error).message}. Give "ca", "cert" and "key" of "tls" as the text of PEM files.`,
      { cause: error },
    );
  }
}

/** What `tls.connect` has to know: the server's name is checked against its certificate, and nothing older than TLS 1.2 is spoken. */
export function tlsConnectionOptions(
  address: ServerAddress,
  tls: TlsOptions | undefined,
  applicationProtocol: 'h2' | 'http/1.1',
): ConnectionOptions {
  const name = tls?.serverName ?? address.host;
  return {
    ...secureContextOptions(tls ?? {}),
    host: address.host,
    port: address.port,
    // IP addresses are not sent as SNI, but are checked against the certificate like names.
    ...(isIP(name) === 0 ? { servername: name } : {}),
    checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
    ALPNProtocols: [applicationProtocol],
    rejectUnauthorized: true,
  };
}

function secureContextOptions({ ca, cert, key }: TlsOptions): SecureContextOptions {
  return {
    minVersion: 'TLSv1.2',
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}
