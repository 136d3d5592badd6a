import { type IncomingMessage, request } from 'node:http';
import { Duplex } from 'node:stream';

/** What is told of a response. */
export interface ParserListener {
  head(response: IncomingMessage): void;
  body?(chunk: Uint8Array): void;
  /** The response is complete. */
  end(): void;
  /** It is not a response, or it was cut. */
  fail(error: NodeJS.ErrnoException): void;
}

const maxHeaderBytes = 256 * 1024;

/**
 * Finds where a response ends, with the parser of Node.js's own HTTP client (llhttp): the client is given a connection that leads nowhere,
 * and the bytes that the server sent. What the client itself sends is dropped.
 */
export class ResponseParser {
  readonly #connection = new DetachedConnection();

  /** @param headOnly whether the response has no body whatever its head says, as the answer to HEAD. */
  constructor(headOnly: boolean, listener: ParserListener) {
    let response: IncomingMessage | undefined;
    const client = request({
      method: headOnly ? 'HEAD' : 'GET',
      createConnection: () => this.#connection,
      maxHeaderSize: maxHeaderBytes,
      // Whatever flags the process was started with.
      insecureHTTPParser: false,
    });
    // Bytes behind the end of a response are an error to the parser, but the response is complete.
    const fail = (error: Error) => (response?.complete ? listener.end() : listener.fail(error));
    client.on('error', fail);
    client.on('response', (incoming) => {
      response = incoming;
      listener.head(incoming);
      if (listener.body) incoming.on('data', listener.body);
      else incoming.resume();
      incoming.on('error', fail);
      incoming.on('end', () => listener.end());
    });
    // After 101 comes no HTTP any more.
    client.on('upgrade', (incoming) => {
      listener.head(incoming);
      listener.end();
    });
    client.end();
  }

  /** Takes the next bytes. */
  write(chunk: Uint8Array): void {
    this.#connection.push(chunk);
  }

  /** The server will send no more. */
  end(): void {
    this.#connection.push(null);
  }

  destroy(): void {
    this.#connection.destroy();
  }
}

class DetachedConnection extends Duplex {
  constructor() {
    super({ allowHalfOpen: false });
  }

  override _read(): void {}

  override _write(_chunk: unknown, _encoding: string, done: () => void): void {
    done();
  }
}
