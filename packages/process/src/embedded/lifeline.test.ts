import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

const host = fileURLToPath(new URL('../__fixtures__/waiting-host.mjs', import.meta.url));

/** Starts a host that tells of its commands in a file, and gives a function that ends it. */
type StartHost = (file: string) => () => unknown;

const ways: [string, StartHost][] = [
  [
    'a worker that is terminated',
    (file) => {
      const worker = new Worker(host, { argv: [file] });
      return () => worker.terminate();
    },
  ],
  [
    'a host that is killed',
    (file) => {
      const child = spawn(process.execPath, [host, file], { stdio: 'inherit' });
      return () => child.kill('SIGKILL');
    },
  ],
];

// What the file names are children of the commands: they run as long as nobody ends the commands' process groups.
it.runIf(process.platform !== 'win32').each(ways)(
  'ends the command of %s, and nothing else',
  async (_, start) => {
    const folder = mkdtempSync(join(tmpdir(), 'lifeline-'));
    const file = join(folder, 'pids');
    const end = start(file);
    try {
      await until(() => existsSync(file));
      const [left = '', waiting = ''] = readFileSync(file, 'utf8').trim().split(' ');
      expect([runs(left), runs(waiting)]).toEqual([true, true]);
      await end();
      await until(() => !runs(waiting));
      // The one that its command left behind is nobody's business.
      expect(runs(left)).toBe(true);
      process.kill(Number(left));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);

async function until(holds: () => boolean): Promise<void> {
  for (let round = 0; round < 500 && !holds(); round += 1) {
    await setTimeout(20);
  }
  expect(holds()).toBe(true);
}

/** What the system tells; an entry that only waits for its parent is none that runs. */
function runs(pid: string): boolean {
  const state = process.platform === 'linux' ? stateInProc(pid) : stateOfPs(pid);
  return state !== '' && !state.startsWith('Z');
}

/** proc(5): the state is behind the name, which is in parentheses. */
function stateInProc(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1) ?? '';
  } catch {
    return '';
  }
}

function stateOfPs(pid: string): string {
  return spawnSync('ps', ['-o', 'stat=', '-p', pid], { encoding: 'utf8' }).stdout.trim();
}
