import { Worker } from 'node:worker_threads';
import type { ServerAnswer, ServerRequest } from './server-setup.js';

type RequestTo<Request = ServerRequest> = Request extends unknown ? Omit<Request, 'id'> : never;

/** Asks one server of the thread; one question at a time. */
export type AskServer = (request: RequestTo) => Promise<ServerAnswer>;

/** The thread in which servers run. It keeps the process alive as long as one of them runs. */
export class ServerThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<
    number,
    { resolve: (answer: ServerAnswer) => void; reject: (error: Error) => void }
  >();
  /** The servers that have not been stopped. */
  readonly #live = new Set<number>();
  #lastId = 0;
  /** Why the thread has ended. */
  #ended: Error | undefined;

  /** `onEnd` is called when it has ended, as by an error. */
  constructor(onEnd: () => void) {
    // Threads load built files only; the sources are compiled next to `dist`.
    const script = import.meta.url.endsWith('.ts')
      ? '../../dist/conformance-server.js'
      : './conformance-server.js';
    this.#worker = new Worker(new URL(script, import.meta.url));
    this.#worker.on('message', (answer: ServerAnswer) => this.#take(answer));
    let cause: Error | undefined;
    this.#worker.once('error', (error) => {
      cause = error;
    });
    this.#worker.once('exit', () => {
      onEnd();
      this.#ended = new Error('The thread of the servers has ended.', { cause });
      for (const { reject } of this.#waiting.values()) reject(this.#ended);
    });
    this.#worker.unref();
  }

  /** A number for a new server, as the function that asks it; `stop` is the last question. */
  newServer(): AskServer {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#live.add(id);
    this.#worker.ref();
    return (request) =>
      new Promise((resolve, reject) => {
        if (this.#ended !== undefined) return reject(this.#ended);
        this.#waiting.set(id, { resolve, reject });
        this.#worker.postMessage({ ...request, id });
      });
  }

  #take(answer: ServerAnswer): void {
    this.#waiting.get(answer.id)?.resolve(answer);
    this.#waiting.delete(answer.id);
    if ('stopped' in answer) {
      this.#live.delete(answer.id);
      if (this.#live.size === 0) this.#worker.unref();
    }
  }
}
