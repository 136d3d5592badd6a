import { EnvHttpProxyAgent, request } from 'undici';
import { DownloadError } from '../errors.js';

const maxRedirects = 10;

/** An answer of a server; its body must be read or thrown away. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array> & { dump(): Promise<void> };
}

/** Gets files, with proxies from the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`). */
export class HttpClient {
  readonly #agent: EnvHttpProxyAgent;
  readonly #timeoutMs: number;

  /** @param timeoutMs how long a server may be silent: at connecting, before its answer, and between two pieces of it. */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#agent = new EnvHttpProxyAgent({
      connect: { timeout: timeoutMs },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
  }

  /**
   * Gets a file and follows redirects, from HTTPS to HTTPS only.
   *
   * @throws {DownloadError} when no answer comes.
   */
  async get(url: URL, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> {
    let current = url;
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const answer = await this.#ask(current, headers);
      const { location } = answer.headers;
      if (answer.status < 300 || answer.status >= 400 || typeof location !== 'string') {
        return answer;
      }
      await answer.body.dump();
      if (!URL.canParse(location, current.href)) {
        throw new DownloadError(
          `${current.href} redirects to an invalid URL. Check the address of the releases.`,
        );
      }
      const next = new URL(location, current);
      if (next.protocol !== 'https:' && (next.protocol !== 'http:' || current.protocol === 'https:')) {
        throw new DownloadError(
          `${current.href} redirects to ${next.href}, which is not HTTPS and is not followed. Check the address of the releases.`,
        );
      }
      current = next;
    }
    throw new DownloadError(
      `There were too many redirects from ${url.href}, more than ${maxRedirects}. Check the address of the releases.`,
    );
  }

  async #ask(url: URL, headers: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    try {
      const {
        statusCode,
        headers: answered,
        body,
      } = await request(url, {
        dispatcher: this.#agent,
        headers: { 'user-agent': 'wasmedge-plugins', 'accept-encoding': 'identity', ...headers },
      });
      return { status: statusCode, headers: answered, body };
    } catch (cause) {
      throw new DownloadError(
        `${url.href} does not respond: ${messageOf(cause, this.#timeoutMs)}. Check the network, or a proxy in HTTPS_PROXY.`,
        { cause },
      );
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy();
  }
}

/** Why a connection failed, in words. */
export function messageOf(cause: unknown, timeoutMs: number): string {
  if (!(cause instanceof Error)) {
    return String(cause);
  }
  const { code } = cause as NodeJS.ErrnoException;
  if (['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT'].includes(code ?? '')) {
    return `no data for ${timeoutMs} ms`;
  }
  return cause.message || (code ?? cause.name);
}
