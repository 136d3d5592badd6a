import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { BlockingCallError, BlockingTimeoutError } from '../errors/host-function-errors.js';
import { findWorker } from '../worker-url.js';
import type { BlockingWorkerData, MessageFromWorker, MessageToWorker } from './blocking-messages.js';
import { rebuildError } from './encoded-error.js';

/** One call, checked. */
export interface HelperCall {
  readonly moduleUrl: string;
  readonly exportName: string;
  readonly request: unknown;
  readonly timeoutMs: number;
  readonly transfer: readonly ArrayBuffer[];
}

/** Milliseconds that a task has to clean up after its time-out before its thread is ended. */
const grace = 1000;
/** Milliseconds between looks at whether the thread lives. Most ends are told at once; running out of memory is not. */
const lookInterval = 100;

/** A worker thread that runs one task at a time while the thread that owns it sleeps. */
export class HelperThread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #sent = new Int32Array(new SharedArrayBuffer(4));
  #sequence = 0;
  #ended = false;

  /** @throws {BlockingCallError} when no thread can be started. */
  constructor() {
    const url = findWorker('blocking-worker');
    if (url === undefined) {
      throw new BlockingCallError(
        'The file of the helper thread, blocking-worker.js, is missing beside @wasmedge-plugins/core. Mark the package as external when you bundle, so that it stays in node_modules; otherwise install it again.',
      );
    }
    const { port1, port2 } = new MessageChannel();
    const data: BlockingWorkerData = { port: port2, sent: this.#sent };
    try {
      this.#worker = new Worker(url, {
        workerData: data,
        transferList: [port2],
        // The host's own flags may be refused in a worker, or load things that a task must not depend on.
        execArgv: [],
        // Output that gets around the worker's own redirection is caught here, and reaches no stdout.
        stdout: true,
        stderr: true,
      });
    } catch (cause) {
      port1.close();
      throw new BlockingCallError('The helper thread cannot be started. See the cause.', { cause });
    }
    this.#port = port1;
    // Without a listener, an error on the thread would be an uncaught exception of the host. Calls notice it themselves.
    this.#worker.on('error', () => {
      this.#ended = true;
    });
    this.#worker.on('exit', () => {
      this.#ended = true;
    });
    this.#worker.unref();
  }

  /** False when the thread has ended, so that another one is needed. */
  isAlive(): boolean {
    // Nothing is under way here, so a message can only be the news of the thread's end.
    this.#receive(0);
    return !this.#ended && this.#isHeard();
  }

  end(): void {
    this.#ended = true;
    this.#port.close();
    void this.#worker.terminate();
  }

  run({ timeoutMs, transfer, ...task }: HelperCall): unknown {
    const sequence = ++this.#sequence;
    try {
      this.#post({ kind: 'call', sequence, ...task }, transfer);
    } catch (cause) {
      throw new BlockingCallError(
        'The request cannot be cloned to the helper thread. Pass plain data without functions, and list each buffer to move once.',
        { cause },
      );
    }
    const answer = this.#waitForStart(sequence) ?? this.#wait(sequence, timeoutMs);
    if (answer !== undefined) return responseOf(answer);
    this.#post({ kind: 'abort', sequence });
    if (this.#wait(sequence, grace) === undefined) this.end();
    throw new BlockingTimeoutError(
      `The task ${task.exportName} of ${task.moduleUrl} took longer than ${timeoutMs} ms. Give it more time, or less to do.`,
    );
  }

  /** Sleeps until the thread runs, so that its start does not use up the time of the first call. */
  #waitForStart(sequence: number): MessageFromWorker | undefined {
    while (Atomics.wait(this.#sent, 0, 0, lookInterval) === 'timed-out') {
      if (!this.#isHeard()) return this.#silentEnd(sequence);
    }
    return undefined;
  }

  /** Sleeps until the answer is there; `undefined` when it is not in time. */
  #wait(sequence: number, timeoutMs: number): MessageFromWorker | undefined {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const seen = Atomics.load(this.#sent, 0);
      const answer = this.#receive(sequence);
      if (answer !== undefined) return answer;
      const left = deadline - performance.now();
      if (left <= 0) return undefined;
      if (
        Atomics.wait(this.#sent, 0, seen, Math.min(left, lookInterval)) === 'timed-out' &&
        !this.#isHeard()
      ) {
        return this.#silentEnd(sequence);
      }
    }
  }

  /** Takes messages until one belongs to the call; others are late answers. */
  #receive(sequence: number): MessageFromWorker | undefined {
    for (;;) {
      const received: { message: MessageFromWorker } | undefined = receiveMessageOnPort(this.#port);
      if (received === undefined) return undefined;
      const { message } = received;
      const isEnd = message.kind === 'failure' && message.ended;
      if (isEnd) this.#ended = true;
      if (isEnd || message.sequence === sequence) return message;
    }
  }

  /** The thread was found dead: its last message, or words in its place. */
  #silentEnd(sequence: number): MessageFromWorker {
    this.#ended = true;
    const message =
      'The helper thread ended while a task ran, perhaps out of memory. The next call starts a new one.';
    return this.#receive(sequence) ?? { kind: 'failure', sequence, message, ended: true };
  }

  /** False when the other end of the port is gone, which happens when the thread ends, however it ends. */
  #isHeard(): boolean {
    return this.#post(undefined) !== false;
  }

  /** Returns false when nobody can receive the message any more: Node says so, though its documentation does not. */
  #post(message: MessageToWorker, transfer: readonly ArrayBuffer[] = []): unknown {
    return this.#port.postMessage(message, transfer);
  }
}

function responseOf(answer: MessageFromWorker): unknown {
  switch (answer.kind) {
    case 'result':
      return answer.response;
    case 'error':
      throw rebuildError(answer.error);
    case 'failure':
      throw new BlockingCallError(
        answer.message,
        answer.cause === undefined ? undefined : { cause: rebuildError(answer.cause) },
      );
  }
}
