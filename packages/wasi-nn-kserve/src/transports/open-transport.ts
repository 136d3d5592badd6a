import { GrpcTransport } from './grpc/grpc-transport.js';
import { HttpTransport } from './http/http-transport.js';
import { parseServerAddress } from './server-address.js';
import { checkTlsOptions } from './tls-options.js';
import type { Transport } from './transport.js';
import type { TransportOptions } from './transport-options.js';

/**
 * The way to a server. Nothing is sent before the first call.
 *
 * @param address `grpc://…`, `grpcs://…`, `http://…` or `https://…`
 * @throws {InvalidArgumentError} for an address that is not one, and for certificates that cannot be read.
 */
export function openTransport(address: string, options: TransportOptions): Transport {
  const server = parseServerAddress(address);
  checkTlsOptions(server, options.tls);
  return server.protocol === 'grpc' ? new GrpcTransport(server, options) : new HttpTransport(server, options);
}
