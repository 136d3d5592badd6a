import { workerData } from 'node:worker_threads';
import { shorten } from '../errors/printable.js';
import { prepareImport } from '../prepare-import.js';
import type {
  BlockingWorkerData,
  CallMessage,
  MessageFromWorker,
  MessageToWorker,
} from './blocking-messages.js';
import { encodeError } from './encoded-error.js';
import { ownBuffers } from './own-buffers.js';
import { redirectOutput } from './worker-output.js';

type Task = (request: unknown, context: { readonly signal: AbortSignal }) => unknown;
type Outcome<Message = MessageFromWorker> = Message extends unknown ? Omit<Message, 'sequence'> : never;

/** What a task gets beside its request. Its signal is made when it is asked for, which most tasks never do. */
class TaskContext {
  #controller: AbortController | undefined;

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  abort(): void {
    this.#controller ??= new AbortController();
    this.#controller.abort();
  }
}

const { port, sent, exits } = workerData as BlockingWorkerData;
let running: { readonly sequence: number; readonly context: TaskContext } | undefined;
/** Modules of tasks by their URLs: also one that is loaded already takes its time to be imported. */
const modules = new Map<string, Readonly<Record<string, unknown>>>();
/** The end of the tasks that were asked for: each waits for those before. */
let last = Promise.resolve();
/** The number of the task that began last, and those that were given up before they begin. */
let begun = 0;
const aborted = new Set<number>();

redirectOutput();
port.on('message', (message: MessageToWorker) => {
  if (message === undefined) return;
  if (message.kind === 'end') exit();
  else if (message.kind === 'call') last = last.then(() => run(message));
  else if (running?.sequence === message.sequence) running.context.abort();
  else if (message.sequence > begun) aborted.add(message.sequence);
});
process.on('uncaughtException', (error) => {
  if (running === undefined) console.error('A task on the helper thread failed after its result:', error);
  send(ended('was ended by an exception outside of the task’s promise', error));
  process.exit(1);
});
process.on('exit', (code) => send(ended(`ended with exit code ${code}`)));
wake();

/** Tells of the end when everybody else has been told of it. */
function exit(): void {
  process.once('exit', () => {
    Atomics.store(exits, 0, 1);
    Atomics.notify(exits, 0);
  });
  process.exit();
}

async function run({ sequence, moduleUrl, exportName, request }: CallMessage): Promise<void> {
  const context = new TaskContext();
  running = { sequence, context };
  begun = sequence;
  const outcome = aborted.delete(sequence)
    ? failure('The task was cancelled before it began.')
    : await outcomeOf(moduleUrl, exportName, request, context);
  send(outcome);
  running = undefined;
}

async function outcomeOf(
  moduleUrl: string,
  exportName: string,
  request: unknown,
  context: TaskContext,
): Promise<Outcome> {
  let task: unknown;
  try {
    let module = modules.get(moduleUrl);
    if (module === undefined) {
      prepareImport();
      module = (await import(moduleUrl)) as Readonly<Record<string, unknown>>;
      modules.set(moduleUrl, module);
    }
    task = module[exportName];
  } catch (error) {
    return failure(
      `The task's module ${shorten(moduleUrl, 200)} could not be loaded on the helper thread. See the cause.`,
      error,
    );
  }
  if (typeof task !== 'function') {
    return failure(
      `The module ${shorten(moduleUrl, 200)} has no function "${exportName}" to run on the helper thread. Export it.`,
    );
  }
  try {
    return { kind: 'result', response: await (task as Task)(request, context) };
  } catch (error) {
    return { kind: 'error', error: encodeError(error) };
  }
}

function send(outcome: Outcome): void {
  try {
    post(outcome, outcome.kind === 'result' ? ownBuffers(outcome.response) : []);
  } catch {
    // Some buffers may not be moved, for example that of a WebAssembly.Memory; they may still be copied.
    try {
      post(outcome, []);
    } catch (error) {
      post(
        failure('The result of the task cannot be cloned. Return plain data without functions.', error),
        [],
      );
    }
  }
  wake();
}

function wake(): void {
  Atomics.add(sent, 0, 1);
  Atomics.notify(sent, 0);
}

function post(outcome: Outcome, transfer: ArrayBuffer[]): void {
  port.postMessage({ ...outcome, sequence: running?.sequence ?? 0 }, transfer);
}

function failure(message: string, error?: unknown): Outcome {
  const cause = error === undefined ? {} : { cause: encodeError(error) };
  return { kind: 'failure', message, ...cause, ended: false };
}

function ended(how: string, error?: unknown): Outcome {
  return {
    ...failure(`The helper thread ${how} while a task ran. The next call starts a new one.`, error),
    ended: true,
  } as Outcome;
}
