import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ProbeAnswer, ProbeRequest } from './probe-message.js';

const patienceMs = 30_000;

/** How a probe is made; tests have another program, and less patience. */
export interface ProbeSetup {
  /** Default: `probe-child.js` beside this file. */
  readonly program?: URL;
  /** Milliseconds after which the process is ended. Default: 30000. */
  readonly timeoutMs?: number;
}

/** Tries something in a process of its own, because loading native code may end the process. */
export function probe(request: ProbeRequest, setup: ProbeSetup = {}): Promise<ProbeAnswer> {
  const { program = new URL('./probe-child.js', import.meta.url), timeoutMs = patienceMs } = setup;
  return new Promise((resolve) => {
    const problem = (message: string) => resolve({ kind: 'problem', message });
    const child = fork(fileURLToPath(program), {
      execArgv: [],
      // It may end: core need not start another process to try native plug-ins first.
      env: { ...process.env, WASMEDGE_PLUGINS_PROBE: '1' },
      // Options of plug-ins may be 64-bit integers.
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    let answer: ProbeAnswer | undefined;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.once('message', (message: ProbeAnswer) => {
      answer = message;
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      problem(`no process could be started to try it: ${error.message}`);
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (isLate) {
        const what = answer === undefined ? 'did not finish' : 'did not end';
        problem(`the process that tried it ${what} within ${timeoutMs / 1000} seconds`);
      } else if (code === 0 && answer !== undefined) {
        resolve(answer);
      } else {
        problem(`the process that tried it ended with ${signal ?? `exit code ${code}`}`);
      }
    });
    // A process that is gone before it has read this tells by its end.
    child.send(request, () => undefined);
  });
}
