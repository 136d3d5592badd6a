import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that came. */
export interface Seen {
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

/** How a server answers otherwise than it should. */
export interface Behaviour {
  /** Sums that are published: `undefined` for none at all. Default: those of the files. */
  readonly sums?: string | undefined;
  /** Cuts the connection after so many bytes of each answer, as often as given. */
  readonly cutAfter?: number;
  readonly cuts?: number;
  /** Says nothing more after `cutAfter` bytes instead of cutting. */
  readonly stalls?: boolean;
  /** Whether it knows ranges. Default: `true`. */
  readonly ranges?: boolean;
  readonly etag?: string;
  /** Where requests for files are redirected to. */
  readonly redirect?: (path: string) => string | undefined;
  /** Files that are not there although they have a sum. */
  readonly gone?: readonly string[];
}

/** A server with releases, on loopback, as WasmEdge's are laid out: `/<version>/<file>`. */
export class ReleaseServer {
  readonly seen: Seen[] = [];
  behaviour: Behaviour = {};
  url = '';
  readonly #files: ReadonlyMap<string, Buffer>;
  readonly #version: string;
  readonly #server = createServer((request, response) => this.#answer(request, response));

  private constructor(version: string, files: Readonly<Record<string, Buffer>>) {
    this.#version = version;
    this.#files = new Map(Object.entries(files));
  }

  static async start(version: string, files: Readonly<Record<string, Buffer>>): Promise<ReleaseServer> {
    const server = new ReleaseServer(version, files);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    server.url = `http://127.0.0.1:${(server.#server.address() as AddressInfo).port}`;
    return server;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    const { range, 'if-range': ifRange } = request.headers;
    this.seen.push({ path, range, ifRange: ifRange as string | undefined });
    const { behaviour } = this;
    const redirect = behaviour.redirect?.(path);
    if (redirect !== undefined) {
      response.writeHead(302, { location: redirect }).end();
      return;
    }
    const name = path.startsWith(`/${this.#version}/`) ? path.slice(this.#version.length + 2) : '';
    if (name === 'SHA256SUM') {
      const sums = 'sums' in behaviour ? behaviour.sums : this.#sums();
      response.writeHead(sums === undefined ? 404 : 200).end(sums);
      return;
    }
    const file = behaviour.gone?.includes(name) ? undefined : this.#files.get(name);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    this.#send(file, range, ifRange as string | undefined, response);
  }

  #send(
    file: Buffer,
    range: string | undefined,
    ifRange: string | undefined,
    response: ServerResponse,
  ): void {
    const { behaviour } = this;
    const etag = behaviour.etag ?? `"${sha256(file)}"`;
    const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const partial = behaviour.ranges !== false && range !== undefined && (ifRange ?? etag) === etag;
    if (partial && start >= file.length) {
      response.writeHead(416, { 'content-range': `bytes */${file.length}` }).end();
      return;
    }
    const body = partial ? file.subarray(start) : file;
    response.writeHead(partial ? 206 : 200, {
      etag,
      'content-length': body.length,
      ...(partial && { 'content-range': `bytes ${start}-${file.length - 1}/${file.length}` }),
    });
    if (behaviour.cutAfter === undefined || behaviour.cuts === 0) {
      response.end(body);
      return;
    }
    this.behaviour = { ...behaviour, ...(behaviour.cuts !== undefined && { cuts: behaviour.cuts - 1 }) };
    response.write(body.subarray(0, behaviour.cutAfter), () => {
      if (!behaviour.stalls) {
        // Only when the bytes have left is it an interrupted answer with a beginning.
        setTimeout(() => response.destroy(), 100);
      }
    });
  }

  #sums(): string {
    return [...this.#files].map(([name, file]) => `${sha256(file)}  ${name}\n`).join('');
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
