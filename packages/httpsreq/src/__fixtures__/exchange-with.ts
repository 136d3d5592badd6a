import { readOptions } from '@wasmedge-plugins/core';
import { exchange } from '../embedded/exchange.js';
import type { ExchangeAnswer } from '../embedded/exchange-request.js';
import { HttpsGate } from '../embedded/https-gate.js';
import { type CheckedRules, type HttpsRules, httpsOptions } from '../options.js';
import { pemOf } from './tls-server.js';

/** The rules of most tests: the authority of the suite, loopback allowed. */
export function testRules(rules: HttpsRules = {}): CheckedRules {
  return readOptions('testRules()', httpsOptions, {
    allowHosts: ['localhost:*', '127.0.0.1:*', '[::1]:*', '*.example:*'],
    allowAddresses: ['127.0.0.0/8', '::1'],
    ca: pemOf('authority'),
    trustSystemCertificates: false,
    proxy: 'none',
    ...rules,
  });
}

/** Makes a request on this thread, as the helper thread does. */
export async function exchangeWith(
  rules: HttpsRules,
  host: string,
  port: number,
  request = `GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
  signal = new AbortController().signal,
): Promise<ExchangeAnswer> {
  const gate = new HttpsGate(testRules(rules));
  const asked = { host, port, bytes: Buffer.from(request, 'latin1') };
  return await exchange(gate.admit(asked, gate.describe(asked), 'raw'), { signal });
}

/** The bytes of an answer as text. */
export function textOf({ bytes }: { readonly bytes: Uint8Array }): string {
  return Buffer.from(bytes).toString('latin1');
}
