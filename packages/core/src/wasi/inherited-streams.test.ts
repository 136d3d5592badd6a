import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { compile } from '../__fixtures__/compile.js';
import { forEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';

const folder = fileURLToPath(new URL('../../node_modules/.cache/wasi-echo', import.meta.url));
const program = path.join(folder, 'echo.js');
const idleProgram = path.join(folder, 'idle-input.js');

beforeAll(() => {
  const source = (name: string) => fileURLToPath(new URL(`__fixtures__/${name}.ts`, import.meta.url));
  const watchdog = fileURLToPath(new URL('../engines/wasmedge/watchdog-worker.ts', import.meta.url));
  return compile([source('echo'), source('idle-input'), source('limited-input'), watchdog], folder);
});

test('input, output and errors are those of the host', () => {
  const input = 'line\n'.repeat(100_000);
  const { stdout, stderr, status } = spawnSync(process.execPath, [program], { input, maxBuffer: 1e7 });
  expect(stdout.toString() === input).toBe(true);
  expect([stderr.toString(), status]).toEqual(['ended with 0', 0]);
});

test('an output that nobody reads any more answers pipe (64)', async () => {
  const child = spawn(process.execPath, [program]);
  child.stdout.destroy();
  child.stdin.on('error', () => {});
  const errors: Buffer[] = [];
  child.stderr.on('data', (data: Buffer) => errors.push(data));
  const ended = new Promise((resolve) => child.on('close', resolve));
  const feeding = setInterval(() => child.stdin.write('x'), 20);
  await ended;
  clearInterval(feeding);
  expect(Buffer.concat(errors).toString()).toBe('ended with 64');
});

// POSIX, poll and read: nothing is there, then five bytes, then the end. 6 is `again`.
test.skipIf(process.platform === 'win32')(
  'input is waited for beside a clock, and not taken before it is read',
  async () => {
    const child = spawn(process.execPath, [idleProgram], { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (lines.length === 2) child.stdin.end('hello');
    }
    expect(lines).toEqual([
      'poll 0 clock',
      'read 6',
      'poll 0 input',
      'read hel',
      'poll 0 input',
      'read lo',
      'poll 0 input',
      'read ""',
    ]);
  },
);

test.skipIf(process.platform === 'win32')(
  'process.exit does not wait for a worker whose guest waits for input',
  async () => {
    const child = spawn(process.execPath, [idleProgram, 'exit'], { stdio: ['pipe', 'inherit', 'inherit'] });
    const giveUp = setTimeout(() => child.kill(), 20_000);
    const ended = await new Promise((resolve) =>
      child.on('close', (code, signal) => resolve(code ?? signal)),
    );
    clearTimeout(giveUp);
    expect(ended).toBe(7);
  },
);

forEngine('wasmedge', () => {
  test.skipIf(process.platform === 'win32')('a time limit ends a read for which nothing comes', async () => {
    const guest = wat(`(module
      (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
      (memory (export "memory") 1)
      (data (i32.const 0) "\\40\\00\\00\\00\\10\\00\\00\\00")
      (func (export "_start") (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))))`);
    const limited = path.join(folder, 'limited-input.js');
    const child = spawn(process.execPath, [limited, Buffer.from(guest).toString('base64')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      timeout: 20_000,
    });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) lines.push(line);
    expect(lines).toEqual(['ERR_GUEST_TIMEOUT']);
  });
});
