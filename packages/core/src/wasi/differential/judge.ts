import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rawCalls } from './raw-calls.js';
import type { Answer, Scenario, Task } from './step.js';
import { tellAnswers } from './tell.js';
import { tellTree } from './tell-tree.js';

/** What a host answered to one scenario, in words. */
export interface Told {
  readonly answers: readonly string[];
  /** What is in the guest's folder afterwards. */
  readonly tree: string;
}

/** Folders and files for one host to answer all scenarios in. */
export class Judge implements Disposable {
  readonly #folder: string;

  constructor(readonly scenarios: readonly Scenario[]) {
    this.#folder = realpathSync(mkdtempSync(join(tmpdir(), 'wasi-judge-')));
  }

  /** Lets a program answer; it is given the files of the guest, of the calls, and for the answers. */
  async ask(host: string, command: string, args: readonly string[]): Promise<Told[]> {
    const tasks = this.tasks(host);
    const files = ['guest.wasm', 'tasks.json', 'answers.json'].map((name) => join(this.#folder, host, name));
    const [guestFile = '', tasksFile = '', answersFile = ''] = files;
    writeFileSync(guestFile, rawCalls());
    writeFileSync(tasksFile, JSON.stringify(tasks));
    await run(command, [...args, ...files]);
    return this.tell(tasks, JSON.parse(readFileSync(answersFile, 'utf8')) as Answer[][]);
  }

  /** The scenarios with fresh folders for one host. */
  tasks(host: string): Task[] {
    return this.scenarios.map(({ name, stdin, prepare, steps }, index) => {
      const outside = join(this.#folder, host, String(index));
      const folder = join(outside, 'inside');
      mkdirSync(folder, { recursive: true });
      prepare?.(folder, outside);
      if (stdin === undefined) return { name, folder, steps };
      const file = join(outside, 'input');
      writeFileSync(file, stdin);
      return { name, folder, stdin: file, steps };
    });
  }

  /** What was answered to these tasks, and what is in their folders now. */
  tell(tasks: readonly Task[], answers: readonly (readonly Answer[])[]): Told[] {
    return tasks.map(({ steps, folder }, index) => ({
      answers: tellAnswers(steps, answers[index] ?? []),
      tree: tellTree(folder),
    }));
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Runs a program whose standard input is a pipe in which nothing comes. */
function run(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'], timeout: 60_000 });
  const errors: Buffer[] = [];
  child.stderr.on('data', (data: Buffer) => errors.push(data));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ended with ${code ?? signal}: ${Buffer.concat(errors)}`));
    });
  });
}
