import { printableName } from '@wasmedge-plugins/core';
import { RemoteFailure } from './remote-failure.js';
import type { ServerAddress } from './server-address.js';

/** What a connection fails with, and what can be done about it. */
const advice: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there. Start the server, or check host and port',
  ENOTFOUND: 'the host has no address. Check its name',
  EAI_AGAIN: 'the name service does not answer. Try again later',
  EHOSTUNREACH: 'there is no way to the host. Check the network',
  ENETUNREACH: 'there is no way to the host. Check the network',
  CERT_HAS_EXPIRED: "the server's certificate has expired. Renew it on the server",
  CERT_NOT_YET_VALID: "the server's certificate is not valid yet. Check the clocks of both machines",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'the server\'s certificate is self-signed. Give it as "ca" of "tls" if you trust it',
  SELF_SIGNED_CERT_IN_CHAIN:
    'the certificate authority of the server is not known here. Give its certificate as "ca" of "tls" if you trust it',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'the server\'s certificate is from an authority that is not known here. Give the authority\'s certificate as "ca" of "tls", or have the server send the whole chain',
  UNABLE_TO_GET_ISSUER_CERT:
    'a certificate of the chain is missing. Give the authority\'s certificate as "ca" of "tls", or have the server send the whole chain',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'the server\'s certificate is from an authority that is not known here. Give the authority\'s certificate as "ca" of "tls"',
  CERT_REVOKED: "the server's certificate was revoked. Renew it on the server",
  CERT_SIGNATURE_FAILURE: 'the signature of the server\'s certificate is wrong. Check "ca" of "tls"',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'the server\'s certificate is for another name. Use that name in the address, or give it as "serverName" of "tls"',
  ERR_SSL_WRONG_VERSION_NUMBER:
    'the server does not speak TLS there. Write grpc:// or http://, or use its port for TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG:
    'the server does not speak TLS there. Write grpc:// or http://, or use its port for TLS',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    'the server wants a certificate of the client. Give "cert" and "key" of "tls"',
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE:
    'the server refused the handshake. If it wants a certificate of the client, give "cert" and "key" of "tls"',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA:
    'the server does not know the authority of the client\'s certificate. Give a "cert" of "tls" that it trusts',
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE:
    'the server refused the client\'s certificate. Give a "cert" of "tls" that it trusts',
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: "the client's certificate has expired. Renew it",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: 'the server speaks only a TLS older than 1.2. Update it',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'the server speaks only a TLS older than 1.2. Update it',
  ERR_HTTP2_ERROR: 'the server does not speak HTTP/2 there, which gRPC needs. Check the port',
  ERR_SSL_NO_APPLICATION_PROTOCOL: 'the server does not speak HTTP/2 there, which gRPC needs. Check the port',
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL:
    'the server does not speak HTTP/2 there, which gRPC needs. Check the port',
};

/** What a connection fails with that the server ends without a word. */
export const endedAtOnce = new Error('the server ended the connection at once');

/** A connection that was not made. */
export function connectFailure(address: ServerAddress, error: unknown): RemoteFailure {
  if (error instanceof RemoteFailure) return error;
  return new RemoteFailure('unreachable', `${address.text} cannot be reached: ${reason(address, error)}.`, {
    cause: error,
  });
}

/** One that took too long. */
export function connectTimeout(address: ServerAddress, milliseconds: number): RemoteFailure {
  return new RemoteFailure(
    'unreachable',
    `${address.text} cannot be reached: no connection within ${milliseconds} ms. Check host and port, or allow more with "connectTimeoutMs".`,
  );
}

function reason(address: ServerAddress, error: unknown): string {
  // With several addresses of a host, each has its own error.
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const { code = '', message } = first as NodeJS.ErrnoException;
  if (address.isSecure && (code === 'ECONNRESET' || error === endedAtOnce)) {
    return 'the server ended the TLS handshake. Check that it speaks TLS there, and whether it wants a certificate of the client ("cert" and "key" of "tls")';
  }
  if (error === endedAtOnce) return `${endedAtOnce.message}. Check the port: that of HTTP does not take gRPC`;
  const known = Object.hasOwn(advice, code) ? advice[code] : undefined;
  const text = printableName(message.trim().replace(/\.$/, ''), 300);
  return known === undefined ? text : `${known} (${code})`;
}

/** Whether an error of a connection is about its certificates, or about TLS itself. */
export function isTlsProblem({ code = '' }: NodeJS.ErrnoException): boolean {
  return code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code.includes('CERT');
}
