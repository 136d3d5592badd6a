// @ts-check
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** What sends back what it is sent: nothing between host and guest can take less than that. */
/** @typedef {{ send: (message: unknown) => Promise<unknown>, close: () => Promise<unknown> }} Bare */

const program = new URL('bare-messages-program.mjs', import.meta.url);

/** Copies in the thread where the memory of a guest is, since the processor of a thread that waits falls asleep. */
const copyingProgram = new URL('copying-messages-program.mjs', import.meta.url);

/** @returns {Bare} */
export function openBareWorker() {
  return openWorker(program);
}

/** A worker that makes three copies of a mebibyte for each message. @returns {Bare} */
export function openCopyingWorker() {
  return openWorker(copyingProgram);
}

/** @param {URL} url @returns {Bare} */
function openWorker(url) {
  const worker = new Worker(url);
  /** @type {(answer: unknown) => void} */
  let settle;
  worker.on('message', (answer) => settle(answer));
  return {
    send: (message) =>
      new Promise((resolve) => {
        settle = resolve;
        worker.postMessage(message);
      }),
    close: () => worker.terminate(),
  };
}

/** @returns {Bare} */
export function openBareProcess() {
  const child = fork(fileURLToPath(program), { serialization: 'advanced' });
  /** @type {(answer: unknown) => void} */
  let settle;
  child.on('message', (answer) => settle(answer));
  return {
    send: (message) =>
      new Promise((resolve) => {
        settle = resolve;
        child.send(/** @type {import('node:child_process').Serializable} */ (message));
      }),
    close: async () => child.kill(),
  };
}
