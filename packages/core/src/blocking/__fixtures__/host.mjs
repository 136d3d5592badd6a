// A host of its own: node host.mjs <URL of the compiled caller> <what to do>
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const [callerUrl, action] = workerData ?? process.argv.slice(2);
const { createBlockingCaller } = await import(callerUrl);
const task = (exportName) => ({ moduleUrl: new URL('./tasks.mjs', import.meta.url), exportName });
const caller = createBlockingCaller();

const actions = {
  print() {
    console.log(caller.call(task('print'), undefined));
  },
  // No disposal here: the helper thread must not keep the process alive.
  leave() {
    console.log(caller.call(task('echo'), 'left'));
    process.exitCode = 7;
  },
  exit() {
    caller.call(task('printAtExit'), undefined);
    process.exit(7);
  },
  /** Exits with threads that do not end by themselves, and prints how long it waits for them. */
  exitBusy() {
    const count = new Int32Array(new SharedArrayBuffer(4));
    let began;
    process.once('exit', () => {
      began = performance.now();
    });
    const callers = Array.from({ length: 10 }, createBlockingCaller);
    for (const each of callers) each.callAsync(task('sleepForEver'), count).catch(() => {});
    for (let seen = 0; seen < callers.length; seen = Atomics.load(count, 0)) Atomics.wait(count, 0, seen);
    process.once('exit', () => console.log(Math.round(performance.now() - began)));
    process.exit(7);
  },
  fromWorker() {
    if (isMainThread) {
      new Worker(new URL(import.meta.url), { workerData: [callerUrl, action] });
      return;
    }
    const answers = [1, 2, 3].map((value) => caller.call(task('echo'), value));
    caller[Symbol.dispose]();
    console.log(`from a worker: ${answers}`);
  },
  nested() {
    console.log(caller.call(task('callAgain'), callerUrl));
  },
  outOfMemory() {
    try {
      caller.call(task('outOfMemory'), undefined);
    } catch (error) {
      console.log(error.code, error.message);
    }
    console.log(caller.call(task('echo'), 'next'));
  },
};

actions[action]();
