import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ProbeAnswer, ProbeRequest } from './probe-message.js';

const timeoutMs = 30_000;

/** Tries something in a process of its own, because loading native code may end the process. */
export function probe(request: ProbeRequest): Promise<ProbeAnswer> {
  return new Promise((resolve) => {
    const problem = (message: string) => resolve({ kind: 'problem', message });
    const child = fork(fileURLToPath(new URL('./probe-child.js', import.meta.url)), {
      execArgv: [],
      // Options of plug-ins may be 64-bit integers.
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let answer: ProbeAnswer | undefined;
    child.once('message', (message: ProbeAnswer) => {
      answer = message;
    });
    child.once('error', (error) => problem(`no process could be started to try it: ${error.message}`));
    child.once('close', (code, signal) => {
      if (code === 0 && answer !== undefined) {
        resolve(answer);
      } else {
        problem(`the process that tried it ended with ${signal ?? `exit code ${code}`}`);
      }
    });
    child.send(request);
  });
}
