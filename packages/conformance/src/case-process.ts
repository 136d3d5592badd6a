import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { CaseRequest, CaseResponse } from './case-message.js';
import { ConformanceError } from './errors.js';
import type { ConformanceCase, ConformanceSuite } from './suite.js';
import type { Target } from './target.js';

const maxOutput = 16 * 1024;

/** How a process ended that was asked to run a case. */
export interface CaseProcessEnd {
  /** What it answered last. */
  readonly response: CaseResponse | undefined;
  /** What was wrong with its end. */
  readonly problem: string | undefined;
  /** What it printed last. */
  readonly output: string;
}

/** A process that runs cases of a suite, one after the other, until it is told that there are no more. */
export class CaseProcess {
  readonly #child: ChildProcess;
  readonly #output: () => string;
  readonly #ended: Promise<CaseProcessEnd>;
  #response: CaseResponse | undefined;
  #timedOutAfter: number | undefined;

  constructor() {
    const child = fork(childScript(), {
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // A group of its own, so that what a guest started ends with it.
      detached: process.platform !== 'win32',
    });
    this.#child = child;
    this.#output = collectOutput(child);
    this.#ended = new Promise((resolve) => {
      const end = (problem: string | undefined) =>
        resolve({ response: this.#response, problem, output: this.#output() });
      child.once('error', (error) => end(`could not be started: ${error.message}`));
      // Not `close`: something the guest started may hold the pipes for longer.
      child.once('exit', async (code, signal) => {
        killGroup(child);
        await untilDisconnected(child);
        end(this.#problem(code, signal));
      });
    });
  }

  /**
   * Runs one case.
   *
   * @returns the answer, or how the process ended without one.
   */
  run(
    suite: ConformanceSuite,
    target: Target,
    { name }: ConformanceCase,
    timeoutMs: number,
  ): Promise<CaseResponse | CaseProcessEnd> {
    this.#response = undefined;
    const request: CaseRequest = { moduleUrl: suiteModuleUrl(suite), caseName: name, target };
    const answer = new Promise<CaseResponse>((resolve) => {
      this.#child.once('message', (message: CaseResponse) => {
        this.#response = message;
        resolve(message);
      });
    });
    // The channel may be closed already; then the process has ended, and that is told.
    this.#child.send(request, () => {});
    return this.#within(timeoutMs, Promise.race([answer, this.#ended]));
  }

  /** Tells the process that there are no more cases, and waits for its end. It ends by itself, so that a crash at its exit is seen. */
  end(timeoutMs: number): Promise<CaseProcessEnd> {
    if (this.#child.connected) this.#child.send('end', () => {});
    return this.#within(timeoutMs, this.#ended);
  }

  /** Ends the process at once, with what its guests started. */
  kill(): void {
    killGroup(this.#child);
  }

  async #within<Result>(timeoutMs: number, result: Promise<Result>): Promise<Result> {
    const timer = setTimeout(() => {
      this.#timedOutAfter = timeoutMs;
      killGroup(this.#child);
    }, timeoutMs);
    try {
      return await result;
    } finally {
      clearTimeout(timer);
    }
  }

  #problem(code: number | null, signal: NodeJS.Signals | null): string | undefined {
    if (this.#timedOutAfter !== undefined) return `was ended after ${this.#timedOutAfter} ms`;
    if (signal !== null) return `was ended by ${signal}`;
    return code === 0 ? undefined : `ended with exit code ${code}`;
  }
}

/** The answer may still be on its way when the process has ended. */
function untilDisconnected(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (!child.connected) {
      resolve();
      return;
    }
    const timer = setTimeout(resolve, 1000);
    child.once('disconnect', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    if (process.platform === 'win32') {
      child.kill('SIGKILL');
    } else {
      process.kill(-child.pid, 'SIGKILL');
    }
  } catch {
    // Nothing of the group is left.
  }
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-maxOutput);
    });
  }
  return () => {
    child.stdout?.destroy();
    child.stderr?.destroy();
    return text.trim();
  };
}

/** The module that the child imports: built JavaScript, also when this suite was loaded from its TypeScript source. */
function suiteModuleUrl({ module, guests, from = guests }: ConformanceSuite): string {
  if (module.startsWith('file:')) {
    return module;
  }
  try {
    return pathToFileURL(createRequire(from).resolve(module)).href;
  } catch (cause) {
    throw new ConformanceError(`The suite cannot be imported as ${module}; build its package first.`, {
      cause,
    });
  }
}

/** The built script, also when this module is run from its source by a test. */
function childScript(): string {
  return fileURLToPath(new URL('../dist/case-child.js', import.meta.url));
}
