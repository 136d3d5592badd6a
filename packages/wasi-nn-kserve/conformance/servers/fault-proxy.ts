import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What happens to the bytes between a client and a server. */
export interface Fault {
  /** Milliseconds that each piece waits, in both directions. Default: 0. */
  readonly delayMs?: number;
  /** Most bytes of a piece. Default: as they come. */
  readonly pieceBytes?: number;
  /** Bytes of a connection from the client, after which it ends. Default: it does not. */
  readonly requestBytes?: number;
  /** Bytes of a connection from the server, likewise. */
  readonly answerBytes?: number;
  /** How it ends: as if the other side had closed, with a reset, or by saying nothing more. Default: `cut`. */
  readonly end?: 'cut' | 'reset' | 'stall';
}

type Direction = 'requestBytes' | 'answerBytes';

interface Connection {
  readonly client: Socket;
  readonly server: Socket;
  /** What has passed since the fault was set. */
  readonly passed: Record<Direction, number>;
}

/** A proxy for TCP on this machine, which does to connections what networks do. It runs in this thread, so nothing passes while that waits. */
export class FaultProxy implements AsyncDisposable {
  readonly #listener = createServer((client) => this.#accept(client));
  readonly #connections = new Set<Connection>();
  #fault: Fault = {};
  #accepted = 0;

  private constructor(private readonly port: number) {}

  /** Starts one in front of a port of this machine. */
  static async start(port: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(port);
    proxy.#listener.listen(0, '127.0.0.1');
    await once(proxy.#listener, 'listening');
    return proxy;
  }

  /** Where it listens: `127.0.0.1:40000`. */
  get address(): string {
    return `127.0.0.1:${(this.#listener.address() as AddressInfo).port}`;
  }

  /** How many connections have been made to it. */
  get accepted(): number {
    return this.#accepted;
  }

  /** Sets what happens from now on, to connections that are there and to new ones; their bytes are counted from now. */
  set fault(fault: Fault) {
    this.#fault = fault;
    for (const { passed } of this.#connections) Object.assign(passed, { requestBytes: 0, answerBytes: 0 });
  }

  /** Ends all connections that are there, as if the other side had closed them or with a reset. */
  endAll(how: 'cut' | 'reset'): void {
    for (const connection of this.#connections) this.#end(connection, how);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#listener, 'close');
    this.#listener.close();
    this.endAll('reset');
    await closed;
  }

  #accept(client: Socket): void {
    this.#accepted++;
    const server = connect(this.port, '127.0.0.1');
    const connection = { client, server, passed: { requestBytes: 0, answerBytes: 0 } };
    this.#connections.add(connection);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.#end(connection, 'reset'));
    }
    client.on('close', () => this.#connections.delete(connection));
    const lost = () => this.#end(connection, 'reset');
    this.#pass(connection, 'requestBytes', client, server).catch(lost);
    this.#pass(connection, 'answerBytes', server, client).catch(lost);
  }

  #end({ client, server }: Connection, how: 'cut' | 'reset'): void {
    if (how === 'reset') client.resetAndDestroy();
    else client.destroy();
    server.destroy();
  }

  async #pass(connection: Connection, direction: Direction, from: Socket, to: Socket): Promise<void> {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      for (let start = 0; start < chunk.length; ) {
        const { delayMs = 0, pieceBytes = chunk.length, [direction]: most = Infinity, end } = this.#fault;
        if (delayMs > 0) await wait(delayMs, undefined, { ref: false });
        const left = most - connection.passed[direction];
        const piece = chunk.subarray(start, start + Math.min(pieceBytes, Math.max(left, 0)));
        start += piece.length;
        connection.passed[direction] += piece.length;
        if (piece.length > 0) await written(to, piece);
        if (left > piece.length) continue;
        if (end !== 'stall') {
          this.#end(connection, end ?? 'cut');
          return;
        }
        // Bytes are taken and go nowhere, until the fault is another.
        if (piece.length === 0) break;
      }
    }
    to.end();
  }
}

function written(socket: Socket, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
