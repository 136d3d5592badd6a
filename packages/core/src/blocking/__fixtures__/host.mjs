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
