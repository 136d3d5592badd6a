import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { CertificateError, TlsError } from '../errors.js';
import { abortable } from './cancellation.js';
import { certificateErrorCodes } from './certificate-errors.js';
import type { ExchangeRules } from './exchange-request.js';
import type { Host } from './rules/host-name.js';
import { secureContext } from './secure-context.js';

/**
 * Makes a connection secure: TLS 1.2 or later, HTTP/1.1, the server's name sent (never an address: RFC 6066, section 3), its certificate checked.
 *
 * @throws {CertificateError} when the certificate is not accepted.
 * @throws {TlsError} when the handshake fails otherwise.
 */
export async function secureSocket(
  socket: Duplex,
  host: Host,
  rules: ExchangeRules,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const secured = await handshake(socket, host, rules, signal);
  try {
    checkPins(secured, host, rules.pins);
  } catch (error) {
    secured.destroy();
    throw error;
  }
  return secured;
}

function handshake(
  socket: Duplex,
  host: Host,
  rules: ExchangeRules,
  signal: AbortSignal,
): Promise<TLSSocket> {
  return abortable(signal, (resolve, reject) => {
    const secured = connect({
      socket,
      // For the check of the certificate; it is not looked up.
      host: host.text,
      ...(host.kind === 'name' ? { servername: host.text } : {}),
      ALPNProtocols: ['http/1.1'],
      secureContext: secureContext(rules),
      rejectUnauthorized: !rules.dangerouslyAcceptAnyCertificate,
    });
    const fail = (error: NodeJS.ErrnoException) => {
      secured.destroy();
      reject(handshakeError(host, error));
    };
    secured.once('error', fail);
    secured.once('secureConnect', () => {
      secured.off('error', fail);
      resolve(secured);
    });
    return () => secured.destroy();
  });
}

function handshakeError(host: Host, cause: NodeJS.ErrnoException): Error {
  if (certificateErrorCodes.has(String(cause.code))) {
    return new CertificateError(
      `The certificate of ${host.text} is not accepted: ${cause.code}. If it is the right server, pass its certificate authority in ca.`,
      { cause },
    );
  }
  return new TlsError(
    `The TLS handshake with ${host.text} failed (${cause.code ?? cause.message}); check that the server speaks TLS 1.2 or later there.`,
    { cause },
  );
}

function checkPins(secured: TLSSocket, host: Host, pins: readonly string[]): void {
  if (pins.length === 0) {
    return;
  }
  const certificate = secured.getPeerX509Certificate();
  const digests = certificate
    ? [sha256(certificate.raw), sha256(certificate.publicKey.export({ type: 'spki', format: 'der' }))]
    : [];
  if (!digests.some((digest) => pins.includes(digest))) {
    throw new CertificateError(
      `The certificate of ${host.text} is not one of the pinned ones; the SHA-256 of its public key is ${digests[1]}.`,
    );
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
