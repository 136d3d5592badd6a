import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** How long a server may take to start on a busy machine. */
const startTimeoutMs = 120_000;

/** A command that starts a server. */
export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** An inference server that runs for tests, and ends with this thread whatever happens to it. */
export class ServerProcess implements AsyncDisposable {
  /** A folder of its own, for what it reads. */
  readonly folder = mkdtempSync(join(tmpdir(), 'kserve-'));
  readonly #log = join(this.folder, 'log');
  readonly #state = join(this.folder, 'state');
  #child: ChildProcess | undefined;
  #ended: Promise<unknown> | undefined;

  constructor(private readonly title: string) {
    mkdirSync(this.#state);
  }

  /**
   * Starts it.
   *
   * @throws {Error} when it cannot be started.
   */
  async start({ program, args, environment }: ServerCommand): Promise<void> {
    const log = openSync(this.#log, 'a');
    try {
      // Its helpers see that it has gone, and go as well.
      this.#child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], {
        cwd: this.folder,
        env: { PATH: '/usr/bin:/bin', KSERVE_TEST_STATE: this.#state, ...environment },
        stdio: ['ignore', log, log],
        detached: true,
      });
      this.#ended = once(this.#child, 'exit');
      await once(this.#child, 'spawn');
    } finally {
      closeSync(log);
    }
  }

  /**
   * Waits until it answers a request as a server does that is ready.
   *
   * @throws {Error} with the end of its log, when it ends before that, or takes too long.
   */
  async ready(url: string): Promise<void> {
    const deadline = performance.now() + startTimeoutMs;
    while (!(await answers(url))) {
      const why = this.#hasEnded
        ? 'ended'
        : performance.now() > deadline
          ? 'is not ready in time'
          : undefined;
      if (why !== undefined) throw new Error(`${this.title} ${why}:\n${this.log().slice(-4000)}`);
      await wait(20);
    }
  }

  /** What it has written so far. */
  log(): string {
    return readFileSync(this.#log, 'utf8');
  }

  /** Lets the model `late` be ready. A server may answer nothing else while it loads one. */
  release(): void {
    writeFileSync(join(this.#state, 'released'), '');
  }

  /** Stops it as a crash does. */
  async kill(): Promise<void> {
    if (!this.#hasEnded) this.#signal('SIGKILL');
    await this.#ended;
  }

  /** From now on it takes connections and says nothing. */
  pause(): void {
    this.#signal('SIGSTOP');
  }

  /** It goes on after {@link pause}. */
  resume(): void {
    this.#signal('SIGCONT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    for (let tries = 0; tries < 500 && this.#hasHelpers; tries++) await wait(10);
    if (this.#hasHelpers) this.#signal('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #hasEnded(): boolean {
    const child = this.#child;
    return child === undefined || child.exitCode !== null || child.signalCode !== null;
  }

  get #hasHelpers(): boolean {
    try {
      this.#signal(0);
      return this.#child !== undefined;
    } catch {
      return false;
    }
  }

  #signal(signal: NodeJS.Signals | 0): void {
    const pid = this.#child?.pid;
    // The whole group: its helpers are in it.
    if (pid !== undefined) process.kill(-pid, signal);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const { ok } = await fetch(url, { signal: AbortSignal.timeout(5000) });
    return ok;
  } catch {
    return false;
  }
}
