import type { MessagePort, Worker } from 'node:worker_threads';
import { builtin } from '../builtin.js';
import { atExit } from '../control/at-exit.js';
import type { CallControl } from '../control/call-control.js';
import { threadControl } from '../control/thread-control.js';
import { addCallSite } from '../errors/call-site.js';
import { BlockingCallError, BlockingTimeoutError } from '../errors/host-function-errors.js';
import { helperUrl } from '../helpers/helper-program.js';
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
/** Milliseconds that a thread has to end by itself; one that computes needs them all. */
const endGrace = 100;
/** Milliseconds between looks at whether the thread lives. Most ends are told at once; running out of memory is not. */
const lookInterval = 100;
/** The same where another thread may end the call. */
const controlInterval = 50;

/** A worker thread that runs one task at a time while the thread that owns it sleeps. */
export class HelperThread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #sent = new Int32Array(new SharedArrayBuffer(4));
  readonly #exits = new Int32Array(new SharedArrayBuffer(4));
  /** Those who wait without sleeping, by the number of their call. */
  readonly #waiting = new Map<number, (answer: MessageFromWorker) => void>();
  /** To be called when it has ended. */
  readonly #forget: () => void;
  #sequence = 0;
  #ended = false;

  /** @throws {BlockingCallError} when no thread can be started. */
  constructor() {
    const url = helperUrl('blocking-worker');
    if (url === undefined) {
      throw new BlockingCallError(
        'The file of the helper thread, blocking-worker.js, is missing next to @wasmedge-plugins/core. Install the package again.',
      );
    }
    const { MessageChannel, Worker } = builtin('node:worker_threads');
    const { port1, port2 } = new MessageChannel();
    const data: BlockingWorkerData = { port: port2, sent: this.#sent, exits: this.#exits };
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
    this.#worker.on('error', () => this.#hasEnded());
    this.#worker.on('exit', () => {
      // Its last words may still wait at the port.
      this.#receive(0);
      this.#hasEnded();
    });
    this.#worker.unref();
    // Node terminates the threads that are left when a process exits, too.
    this.#forget = atExit(() => this.#askToEnd());
  }

  /** False when the thread has ended, so that another one is needed. */
  isAlive(): boolean {
    // What is received here belongs to those who wait without sleeping, or is the news of the thread's end.
    this.#receive(0);
    return !this.#ended && this.#isHeard();
  }

  /**
   * The thread is asked first: one that is terminated inside some functions of Node's, as that which ends an HTTP response, takes the whole process with it.
   */
  end(): void {
    this.#askToEnd()(performance.now());
  }

  /** Returns what waits until it has ended, or ends it; its time counts from the one that is given. */
  #askToEnd(): (since: number) => void {
    const isAlive = !this.#ended && this.#post({ kind: 'end' }) !== false;
    this.#hasEnded();
    this.#port.close();
    return (since) => {
      const left = Math.max(0, since + endGrace - performance.now());
      if (!isAlive || Atomics.wait(this.#exits, 0, 0, left) === 'timed-out') void this.#worker.terminate();
    };
  }

  run(call: HelperCall): unknown {
    const control = threadControl();
    return control === undefined ? this.#run(call) : control.wait(() => this.#run(call, control));
  }

  #run({ timeoutMs, ...call }: HelperCall, control?: CallControl): unknown {
    control?.refuseStopped();
    const sequence = this.#send(call);
    const answer = this.#waitForStart(sequence, control) ?? this.#wait(sequence, timeoutMs, control);
    if (answer !== undefined) return responseOf(answer);
    this.#post({ kind: 'abort', sequence });
    if (this.#wait(sequence, grace) === undefined) this.end();
    control?.refuseStopped();
    throw timeoutError(call, timeoutMs);
  }

  async runAsync({ timeoutMs, ...call }: HelperCall): Promise<unknown> {
    const sequence = this.#send(call);
    let isLate = false;
    const stages = [
      () => {
        isLate = true;
        this.#post({ kind: 'abort', sequence });
      },
      () => this.end(),
    ];
    let timer: NodeJS.Timeout | undefined;
    const next = () => {
      stages.shift()?.();
      timer = setTimeout(next, grace);
    };
    const begin = () => {
      if (Number.isFinite(timeoutMs)) timer = setTimeout(next, timeoutMs);
    };
    // Its start does not use up the time of the first call.
    if (Atomics.load(this.#sent, 0) > 0) begin();
    else this.#worker.once('online', begin);
    const answer = await this.#answerTo(sequence);
    this.#worker.off('online', begin);
    clearTimeout(timer);
    if (isLate) throw timeoutError(call, timeoutMs);
    return responseOf(answer);
  }

  /** Sends a call; returns its number. */
  #send({ transfer, ...task }: Omit<HelperCall, 'timeoutMs'>): number {
    const sequence = ++this.#sequence;
    try {
      this.#post({ kind: 'call', sequence, ...task }, transfer);
    } catch (cause) {
      throw new BlockingCallError(
        'The request cannot be cloned for the helper thread. Pass plain data without functions, and list each buffer to transfer once.',
        { cause },
      );
    }
    return sequence;
  }

  /** Waits for an answer without sleeping; the process stays alive meanwhile. */
  #answerTo(sequence: number): Promise<MessageFromWorker> {
    // From the first time on messages may also come by themselves, while nobody sleeps.
    if (this.#port.listenerCount('message') === 0) {
      this.#port.on('message', (message: MessageFromWorker) => this.#take(message));
    }
    this.#port.ref();
    this.#worker.ref();
    return new Promise((resolve) => {
      this.#waiting.set(sequence, (answer) => {
        this.#waiting.delete(sequence);
        if (this.#waiting.size === 0) {
          this.#port.unref();
          this.#worker.unref();
        }
        resolve(answer);
      });
    });
  }

  /** Gives a message to the one who waits for it without sleeping. */
  #take(message: MessageFromWorker): void {
    if (message.kind === 'failure' && message.ended) this.#hasEnded(message);
    else this.#waiting.get(message.sequence)?.(message);
  }

  #hasEnded(news?: MessageFromWorker): void {
    this.#ended = true;
    this.#forget();
    for (const [sequence, resolve] of [...this.#waiting]) resolve(news ?? silentEnd(sequence));
  }

  /** Sleeps until the thread runs, so that its start does not use up the time of the first call. */
  #waitForStart(sequence: number, control?: CallControl): MessageFromWorker | undefined {
    while (
      control?.isStopped !== true &&
      Atomics.wait(this.#sent, 0, 0, control === undefined ? lookInterval : controlInterval) === 'timed-out'
    ) {
      if (!this.#isHeard()) return this.#silentEnd(sequence);
    }
    return undefined;
  }

  /** Sleeps until the answer is there; `undefined` when it is not in time, or when the call is to end. */
  #wait(sequence: number, timeoutMs: number, control?: CallControl): MessageFromWorker | undefined {
    const deadline = performance.now() + timeoutMs;
    const longest = control === undefined ? lookInterval : controlInterval;
    for (;;) {
      const seen = Atomics.load(this.#sent, 0);
      const answer = this.#receive(sequence);
      if (answer !== undefined) return answer;
      const left = deadline - performance.now();
      if (left <= 0 || control?.isStopped === true) return undefined;
      if (Atomics.wait(this.#sent, 0, seen, Math.min(left, longest)) === 'timed-out' && !this.#isHeard()) {
        return this.#silentEnd(sequence);
      }
    }
  }

  /** Takes messages until one belongs to the call; others are late answers. */
  #receive(sequence: number): MessageFromWorker | undefined {
    for (;;) {
      const received: { message: MessageFromWorker } | undefined = builtin(
        'node:worker_threads',
      ).receiveMessageOnPort(this.#port);
      if (received === undefined) return undefined;
      const { message } = received;
      this.#take(message);
      if (this.#ended || message.sequence === sequence) return message;
    }
  }

  /** The thread was found dead: its last message, or words in its place. */
  #silentEnd(sequence: number): MessageFromWorker {
    const last = this.#receive(sequence) ?? silentEnd(sequence);
    this.#hasEnded();
    return last;
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

/** What is said of a thread that has said nothing. */
function silentEnd(sequence: number): MessageFromWorker {
  const message =
    'The helper thread ended while a task ran, perhaps out of memory. The next call starts a new one.';
  return { kind: 'failure', sequence, message, ended: true };
}

function timeoutError(
  { exportName, moduleUrl }: Pick<HelperCall, 'exportName' | 'moduleUrl'>,
  timeoutMs: number,
) {
  return new BlockingTimeoutError(
    `The task ${exportName} of ${moduleUrl} took longer than ${timeoutMs} ms. Raise timeoutMs, or give it less to do.`,
  );
}

function responseOf(answer: MessageFromWorker): unknown {
  switch (answer.kind) {
    case 'result':
      return answer.response;
    case 'error':
      throw addCallSite(rebuildError(answer.error), responseOf);
    case 'failure':
      throw new BlockingCallError(
        answer.message,
        answer.cause === undefined ? undefined : { cause: rebuildError(answer.cause) },
      );
  }
}
