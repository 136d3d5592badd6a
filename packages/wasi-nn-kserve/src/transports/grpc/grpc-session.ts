import type { ClientHttp2Session } from 'node:http2';
import { KeepAlive, type KeepAliveTimes } from './keep-alive.js';

/** A connection with the calls on it. While there are none it does not keep the process alive. */
export class GrpcSession {
  /** Why the connection ended, if it is known. */
  error: Error | undefined;
  #calls = 0;
  readonly #keepAlive: KeepAlive;

  constructor(
    readonly session: ClientHttp2Session,
    times: KeepAliveTimes,
  ) {
    this.#keepAlive = new KeepAlive(session, times, () => this.#calls > 0);
    session.on('error', (error) => {
      this.error = error;
    });
    session.unref();
  }

  get isUsable(): boolean {
    // Node.js closes it when the server is leaving (GOAWAY): its calls go on, and new ones are refused.
    return !this.session.closed && !this.session.destroyed;
  }

  /** Whether it has no calls, and the server takes none on it. */
  get isUseless(): boolean {
    return this.#calls === 0 && this.session.remoteSettings.maxConcurrentStreams === 0;
  }

  /** Takes a place for a call on this connection, if the server has one; {@link finish} gives it back. */
  take(): boolean {
    if (!this.isUsable || this.#calls >= (this.session.remoteSettings.maxConcurrentStreams ?? 100)) {
      return false;
    }
    if (this.#calls++ === 0) {
      this.session.ref();
      this.#keepAlive.check();
    }
    return true;
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
