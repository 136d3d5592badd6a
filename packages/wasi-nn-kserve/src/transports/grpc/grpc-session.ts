import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2';
import { KeepAlive, type KeepAliveTimes } from './keep-alive.js';

/** A connection with the calls on it. While there are none it does not keep the process alive. */
export class GrpcSession {
  /** Why the connection ended, if it is known. */
  error: Error | undefined;
  #calls = 0;
  #isLeaving = false;
  readonly #keepAlive: KeepAlive;

  constructor(
    readonly session: ClientHttp2Session,
    times: KeepAliveTimes,
  ) {
    this.#keepAlive = new KeepAlive(session, times, () => this.#calls > 0);
    session.on('error', (error) => {
      this.error = error;
    });
    session.on('goaway', () => {
      this.#isLeaving = true;
    });
    session.unref();
  }

  get isUsable(): boolean {
    return !this.#isLeaving && !this.session.closed && !this.session.destroyed;
  }

  /** Whether the server takes another call on this connection. */
  get hasRoom(): boolean {
    return this.isUsable && this.#calls < (this.session.remoteSettings.maxConcurrentStreams ?? 100);
  }

  /** Begins a call; {@link finish} belongs to each. */
  request(headers: OutgoingHttpHeaders): ClientHttp2Stream {
    const stream = this.session.request(headers);
    if (this.#calls++ === 0) {
      this.session.ref();
      this.#keepAlive.check();
    }
    return stream;
  }

  /** The server has sent something for a call. */
  heard(): void {
    this.#keepAlive.heard();
  }

  finish(): void {
    if (--this.#calls === 0 && !this.session.destroyed) this.session.unref();
  }

  close(): void {
    this.session.destroy();
  }
}
