import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import { workerUrl } from '../helpers/worker-url.js';
import { isAlive } from './__fixtures__/processes.js';

const file = (name: string) => fileURLToPath(workerUrl(name) as URL);
const loops = await wat(`(module (func (export "loop") (loop br 0)))`);

/** Starts a program that prints the number of a process, kills it, and gives that number. */
async function killWhenItHasSaid(command: string, args: readonly string[]): Promise<number> {
  const parent = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    parent.kill('SIGKILL');
  });
  const [line] = await once(createInterface(parent.stdout), 'line');
  const pid = Number(line);
  onTestFinished(() => {
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  });
  expect(isAlive(pid)).toBe(true);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  return pid;
}

/** It takes some hundredths of a second; what is promised is one. */
const withinASecond = { timeout: 1000, interval: 20 };

describe('a child whose parent was killed', () => {
  for (const engine of ['v8', 'wasmedge'] as const) {
    forEngine(engine, () => {
      it('ends, though its guest loops', async () => {
        const folder = mkdtempSync(join(tmpdir(), 'parent-death-'));
        onTestFinished(() => rmSync(folder, { recursive: true }));
        const guest = join(folder, 'loop.wasm');
        writeFileSync(guest, loops);
        const pid = await killWhenItHasSaid(process.execPath, [file('killed-parent-worker'), engine, guest]);
        await expect.poll(() => isAlive(pid), withinASecond).toBe(false);
      });
    });
  }

  it.skipIf(process.platform === 'win32')(
    'ends by a thread of its own where the system does not end it',
    async () => {
      const program = `"${process.execPath}" "${file('watching-orphan-worker')}" $$ & wait`;
      const pid = await killWhenItHasSaid('/bin/sh', ['-c', program]);
      await expect.poll(() => isAlive(pid), withinASecond).toBe(false);
    },
  );
});
