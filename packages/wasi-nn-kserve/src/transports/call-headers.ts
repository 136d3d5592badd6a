import { printableName } from '@wasmedge-plugins/core';
import { callFailure } from './call-failure.js';
import type { ServerAddress } from './server-address.js';

/** Headers that the transports set themselves, or that would change what a message is. */
const reserved = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'http2-settings',
  'inference-header-content-length',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * Refuses headers that cannot be sent. The values, which may be secret, are in no message.
 *
 * @throws {RemoteFailure} `invalid`
 */
export function checkHeaders(address: ServerAddress, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    const problem = !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)
      ? 'whose name is not a header name in lower case'
      : reserved.has(name) || name.startsWith('grpc-')
        ? 'which the connection sets itself'
        : typeof value !== 'string' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)
          ? 'whose value is not a line of text'
          : undefined;
    if (problem !== undefined) {
      throw callFailure(
        'invalid',
        address,
        `was not sent the header "${printableName(name, 100)}", ${problem}. Change what "credentials" returns`,
      );
    }
  }
}
