import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import {
  createBlockingCaller,
  createRuntime,
  type EngineName,
  hostFunction,
  hostModule,
  type RuntimeOptions,
} from '../../index.js';
import { CallControl } from '../call-control.js';
import { controlThread } from '../thread-control.js';

/** What the thread is started with that runs guests for another one. */
export interface StoppedThread {
  readonly engine: EngineName;
  readonly control: SharedArrayBuffer;
  /** `[0]` is raised by the guest's import `env.begun`. */
  readonly begun: Int32Array;
  readonly guest: Uint8Array;
  readonly limits: RuntimeOptions['limits'];
  /** URL of the module of the tasks. */
  readonly tasks: string;
  /** Folder of the guest. */
  readonly folder: string;
}

/** Asks for one call of an export. */
export interface StoppedRequest {
  readonly call: number;
  readonly name: string;
  readonly args: readonly number[];
}

/** How a call ended: with a value, or with the code of an error. */
export interface StoppedAnswer {
  readonly call: number;
  readonly outcome: unknown;
}

async function runGuests(data: StoppedThread): Promise<void> {
  const { engine, begun, guest, tasks, folder } = data;
  const control = new CallControl(data.control);
  controlThread(control);
  const blocking = createBlockingCaller();
  const task = (name: string) => ({ moduleUrl: tasks, exportName: name });
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const env = hostModule('env', {
    begun: hostFunction([], [], () => {
      Atomics.add(begun, 0, 1);
      Atomics.notify(begun, 0);
    }),
    block: hostFunction([], ['i32'], () => {
      blocking.call(task('waitForAbort'), flag);
      return 1;
    }),
    // As a host function that makes a number for the guest of whatever was thrown.
    blockAndCatch: hostFunction([], ['i32'], () => {
      try {
        blocking.call(task('waitForAbort'), flag);
      } catch {}
      return 1;
    }),
    callOther: hostFunction([], ['i32'], () => inner.exports.loop?.() as number),
    callOtherAndCatch: hostFunction([], ['i32'], () => {
      try {
        return inner.exports.loop?.() as number;
      } catch {
        return 7;
      }
    }),
  });
  const options = { engine, hostModules: [env], wasi: { preopens: { '/': folder } }, limits: data.limits };
  const runtime = await createRuntime(options);
  const other = await createRuntime(options);
  const inner = other.instantiate(guest);
  const { exports } = runtime.instantiate(guest);
  parentPort?.on('message', ({ call, name, args }: StoppedRequest) => {
    let outcome: unknown;
    try {
      control.begin(call);
      try {
        outcome = exports[name]?.(...(args as never[]));
      } finally {
        control.end();
      }
    } catch (error) {
      outcome = (error as { code?: unknown }).code ?? String(error);
    }
    parentPort?.postMessage({ call, outcome } satisfies StoppedAnswer);
  });
  parentPort?.postMessage({ call: 0, outcome: 'ready' } satisfies StoppedAnswer);
}

/** A program that stops a guest which reads the program's standard input; prints how the call ended. */
function stopReader(data: StoppedThread): void {
  const worker = new Worker(new URL(import.meta.url), { workerData: data });
  const control = new CallControl(data.control);
  worker.on('message', ({ call, outcome }: StoppedAnswer) => {
    if (call === 0) {
      worker.postMessage({ call: 1, name: 'read', args: [] } satisfies StoppedRequest);
      const looking = setInterval(() => {
        if (!control.isWaiting) return;
        clearInterval(looking);
        control.stop(1);
      }, 5);
    } else {
      process.stdout.write(String(outcome));
      void worker.terminate();
    }
  });
}

if (isMainThread) {
  const [engine, guest, tasks, folder] = process.argv.slice(2) as [EngineName, string, string, string];
  stopReader({
    engine,
    control: new CallControl().memory,
    begun: new Int32Array(new SharedArrayBuffer(4)),
    guest: Buffer.from(guest, 'base64'),
    limits: undefined,
    tasks,
    folder,
  });
} else {
  await runGuests(workerData as StoppedThread);
}
