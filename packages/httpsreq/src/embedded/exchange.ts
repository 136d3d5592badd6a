import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { HttpTimeoutError } from '../errors.js';
import { abortable, Cancellation } from './cancellation.js';
import { connectProxy } from './connect-proxy.js';
import { connectTcp } from './connect-tcp.js';
import type { ExchangeAnswer, ExchangeRequest } from './exchange-request.js';
import { readResponse } from './read-response.js';
import { resolveHost } from './resolve-host.js';
import { askHook } from './run-hook.js';
import { secureSocket } from './secure-socket.js';

/** Makes one request on a connection of its own, and waits for the whole response. Aborting `signal` ends it. */
export async function exchange(
  request: ExchangeRequest,
  { signal }: { readonly signal: AbortSignal },
): Promise<ExchangeAnswer> {
  const { rules, info } = request;
  using whole = new Cancellation(signal, rules.timeoutMs, () =>
    timeout(info.host, 'the request', rules.timeoutMs, 'timeoutMs'),
  );
  await abortable<void>(whole.signal, (resolve, reject) => {
    askHook(rules.onRequest, info).then(resolve, reject);
    return undefined;
  });
  const { socket, address } = await openConnection(request, whole.signal);
  try {
    return { ...(await readResponse(socket, request, whole.signal)), address };
  } finally {
    // The end is announced first, so that the server does not take it for an accident.
    socket.end();
    socket.destroy();
  }
}

async function openConnection(
  { host, info, rules, proxy }: ExchangeRequest,
  parent: AbortSignal,
): Promise<{ socket: TLSSocket; address: string | undefined }> {
  using connecting = new Cancellation(parent, rules.connectTimeoutMs, () =>
    timeout(info.host, 'connecting', rules.connectTimeoutMs, 'connectTimeoutMs'),
  );
  const { signal } = connecting;
  let socket: Duplex;
  let address: string | undefined;
  if (proxy === undefined) {
    const addresses = await resolveHost(host, rules, signal);
    // The socket gets an address, never the name, which could have another address by now.
    ({ socket, address } = await connectTcp(addresses, info.port, rules.connectTimeoutMs, signal));
  } else {
    socket = await connectProxy(proxy, host.text, info.port, rules, signal);
  }
  return { socket: await secureSocket(socket, host, rules, signal), address };
}

function timeout(host: string, what: string, timeoutMs: number, option: string): HttpTimeoutError {
  return new HttpTimeoutError(
    `With ${host}, ${what} took longer than ${timeoutMs} ms; raise ${option} if that is expected.`,
  );
}
