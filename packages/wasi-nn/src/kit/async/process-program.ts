import { Worker } from 'node:worker_threads';
import type { Told } from './messages.js';
import type { FromProcess, ToProcess } from './process-messages.js';
import { TellingHost } from './telling-host.js';

// What a process of asynchronous backends does. A library that computes cannot be asked to stop, so it ends without being asked.
const end = () => process.kill(process.pid, 'SIGKILL');
const host = new TellingHost();

process.on('message', async ({ sequence, request }: ToProcess) => {
  try {
    send({ sequence, answer: await host.answer(request) });
  } catch (error) {
    const { message = String(error), errnoName, told } = error as Error & Told & { errnoName?: string };
    send({ sequence, failure: { message, errnoName, ...(told && { told }) } });
  }
});
process.on('disconnect', end);

// Where a library keeps this thread from noticing that the other end is gone, another thread sees at least that the host has ended.
const watch =
  "const { ppid } = process; setInterval(() => { if (process.ppid !== ppid) process.kill(process.pid, 'SIGKILL'); }, 500);";
new Worker(watch, { eval: true, stdout: true, stderr: true }).unref();

function send(message: FromProcess): void {
  process.send?.(message, (error: Error | null) => {
    if (error !== null) end();
  });
}
