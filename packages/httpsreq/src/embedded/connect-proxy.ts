import { Buffer } from 'node:buffer';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { ProxyError } from '../errors.js';
import { abortable } from './cancellation.js';
import type { ExchangeRules } from './exchange-request.js';
import { formatHost } from './rules/host-name.js';
import { secureContext } from './secure-context.js';

/**
 * Has a proxy connect to the host (RFC 9110, section 9.3.6). A proxy with `https:` must have a certificate that is trusted as servers' are.
 *
 * @throws {ProxyError} when the proxy cannot be reached or refuses.
 */
export function connectProxy(
  proxy: string,
  host: string,
  port: number,
  rules: ExchangeRules,
  signal: AbortSignal,
): Promise<Socket> {
  const authority = formatHost(host, port);
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    // Its text may hold credentials.
    throw new ProxyError(
      `No connection to ${authority}: the proxy in the environment is not a URL with http: or https:. Correct HTTPS_PROXY or ALL_PROXY, or set the option proxy.`,
    );
  }
  return abortable(signal, (resolve, reject) => {
    const fail = (what: string, cause?: unknown) =>
      reject(
        new ProxyError(
          `The proxy ${url.host} did not connect to ${authority}: ${what}. Check the option proxy, or HTTPS_PROXY and NO_PROXY.`,
          cause === undefined ? undefined : { cause },
        ),
      );
    const secure = url.protocol === 'https:' ? { secureContext: secureContext(rules) } : {};
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port || (url.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...authorization(url) },
      agent: false,
      ...secure,
    });
    request.once('connect', (response, socket, head) => {
      if (response.statusCode === undefined || response.statusCode < 200 || response.statusCode > 299) {
        socket.destroy();
        fail(`it responded with ${response.statusCode} ${response.statusMessage}`);
        return;
      }
      if (head.length > 0) {
        socket.unshift(head);
      }
      resolve(socket as Socket);
    });
    request.once('response', (response) => {
      request.destroy();
      fail(`it responded with ${response.statusCode} ${response.statusMessage}`);
    });
    request.on('error', (error) => fail(error.message, error));
    request.end();
    return () => request.destroy();
  });
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') {
    return {};
  }
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}
