import { getProxyForUrl } from 'proxy-from-env';
import { HostNotAllowedError, RequestTooLargeError } from '../errors.js';
import type { HttpsRequestInfo } from '../hook-options.js';
import type { CheckedRules } from '../options.js';
import type { ExchangeRequest, ExchangeRules } from './exchange-request.js';
import { asyncHookError, refuseAsyncHook } from './refuse-async-hook.js';
import { checkRequest } from './request/check-request.js';
import { parseRequestLine } from './request/request-line.js';
import { formatHost, type Host, parseHost } from './rules/host-name.js';
import { refused } from './run-hook.js';

/** A request as it was asked for, before anything was checked. */
export interface AskedRequest {
  readonly host: string;
  readonly port: number;
  /** May be a view of guest memory: it is copied once its size was found right. */
  readonly bytes: Uint8Array;
}

/** Decides which requests are made. Nothing here touches the network. */
export class HttpsGate {
  readonly #rules: CheckedRules;
  readonly #exchangeRules: ExchangeRules;

  /** @throws {UnsupportedByPlacementError} for an asynchronous hook. */
  constructor(rules: CheckedRules) {
    refuseAsyncHook(rules.onRequest);
    this.#rules = rules;
    const { allowHosts, maxRequestBytes, proxy, onRequest, onResponse, ...kept } = rules;
    this.#exchangeRules = {
      ...kept,
      onRequest: typeof onRequest === 'function' ? undefined : onRequest,
    };
  }

  /** What can be said of a request before it is checked. */
  describe({ host, port, bytes }: AskedRequest): HttpsRequestInfo {
    const { method = '', path = '' } = parseRequestLine(bytes) ?? {};
    return { method, host: parseHost(host)?.text ?? host, port, path, requestBytes: bytes.byteLength };
  }

  /**
   * @throws {HostNotAllowedError}
   * @throws {RequestTooLargeError}
   * @throws {MalformedRequestError}
   * @throws {RequestRefusedError}
   */
  admit(asked: AskedRequest, info: HttpsRequestInfo, answer: ExchangeRequest['answer']): ExchangeRequest {
    const { maxRequestBytes, onRequest } = this.#rules;
    const host = parseHost(asked.host);
    if (host === undefined || !this.#rules.allowHosts.allows(host, asked.port)) {
      throw notAllowed(info);
    }
    if (asked.bytes.byteLength > maxRequestBytes) {
      throw new RequestTooLargeError(
        `The request to ${info.host} has ${asked.bytes.byteLength} bytes, more than ${maxRequestBytes}; raise maxRequestBytes if that is intended.`,
      );
    }
    // From here on it is the host's own copy, which no guest can change.
    const bytes = new Uint8Array(asked.bytes);
    for (const named of checkRequest(bytes).hosts) {
      this.#checkNamedHost(named, host, asked.port);
    }
    if (typeof onRequest === 'function') {
      ask(onRequest, info);
    }
    return {
      info,
      host,
      bytes,
      rules: this.#exchangeRules,
      proxy: this.proxyFor(host, asked.port),
      answer,
    };
  }

  /** The proxy for a host, if it has one. */
  proxyFor(host: Host, port: number): string | undefined {
    const { proxy } = this.#rules;
    if (proxy === 'none') {
      return undefined;
    }
    const found = proxy === 'environment' ? getProxyForUrl(`https://${formatHost(host.text, port)}`) : proxy;
    return found === '' ? undefined : found;
  }

  /** Whether requests to the host go through a proxy, on the port that is asked first. */
  mayUseProxy(host: Host): boolean {
    return this.proxyFor(host, 443) !== undefined;
  }

  /** A server may serve several hosts; a request must not reach one that is not allowed through one that is. */
  #checkNamedHost(named: string, host: Host, port: number): void {
    const [, text = ''] = /^(\[[^\]]*\]|[^:]*)(?::[0-9]*)?$/.exec(named) ?? [];
    const other = parseHost(text);
    if (other === undefined || (other.text !== host.text && !this.#rules.allowHosts.allows(other, port))) {
      throw new HostNotAllowedError(
        `The request to ${formatHost(host.text, port)} names the host ${JSON.stringify(named)}, which is not allowed; list it in allowHosts too.`,
      );
    }
  }
}

function ask(hook: (info: HttpsRequestInfo) => unknown, info: HttpsRequestInfo): void {
  let answer: unknown;
  try {
    answer = hook(info);
  } catch (cause) {
    throw refused(info, cause);
  }
  if (answer instanceof Promise) {
    // Nobody will wait for its end, however it ends.
    answer.catch(() => {});
    throw refused(info, asyncHookError());
  }
  if (answer === false) {
    throw refused(info);
  }
}

function notAllowed({ host, port }: HttpsRequestInfo): HostNotAllowedError {
  return new HostNotAllowedError(
    `The host ${JSON.stringify(formatHost(host, port))} is not allowed; list it in allowHosts.`,
  );
}
