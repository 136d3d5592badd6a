import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { compile } from '../__fixtures__/compile.js';

const folder = fileURLToPath(new URL('../../node_modules/.cache/wasi-echo', import.meta.url));
const program = path.join(folder, 'echo.js');

beforeAll(() => compile([fileURLToPath(new URL('__fixtures__/echo.ts', import.meta.url))], folder));

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
