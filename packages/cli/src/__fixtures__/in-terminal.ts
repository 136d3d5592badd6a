import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../bin/wasmedge-plugins.js', import.meta.url));

/** Why no command can be run in a terminal here: the `script` of Linux makes one. */
export const terminalProblem =
  process.platform !== 'linux'
    ? 'the script command of other systems has other options'
    : spawnSync('script', ['--version']).error && 'there is no command script (util-linux)';

/** The built command in a terminal of its own. */
export class InTerminal {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  #shown = '';
  #look = () => {};

  constructor(...args: readonly string[]) {
    const line = [process.execPath, bin, ...args].map((part) => `'${part}'`).join(' ');
    this.#child = spawn('script', ['-qec', line, '/dev/null'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child.stdout?.on('data', (piece: Buffer) => {
      this.#shown += piece;
      this.#look();
    });
    this.#ended = new Promise((resolve) => this.#child.once('close', resolve));
  }

  /** Waits until the terminal shows a text after what was waited for before. */
  async shows(text: string): Promise<void> {
    let end: number | null | undefined;
    void this.#ended.then((status) => {
      end = status;
      this.#look();
    });
    while (!this.#shown.includes(text)) {
      if (end !== undefined)
        throw new Error(`It has ended with ${end} and shown ${JSON.stringify(this.#shown)}`);
      await new Promise<void>((resolve) => {
        this.#look = resolve;
      });
    }
    this.#shown = this.#shown.slice(this.#shown.indexOf(text) + text.length);
  }

  type(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** What the command has ended with; 128 and the number of the signal when one has ended it. */
  get ended(): Promise<number | null> {
    return this.#ended;
  }

  /** The processes that run in it. */
  processes(): number[] {
    const parents = new Map<number, number>();
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      const parent = parentOf(Number(name));
      if (parent !== undefined) parents.set(Number(name), parent);
    }
    const found = [this.#child.pid as number];
    for (const pid of found) {
      for (const [child, parent] of parents) if (parent === pid) found.push(child);
    }
    return found;
  }
}

/** Whether a process lives. */
export function lives(pid: number): boolean {
  return parentOf(pid) !== undefined;
}

function parentOf(pid: number): number | undefined {
  try {
    const [state, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return state === 'Z' ? undefined : Number(parent);
  } catch {
    return undefined;
  }
}
