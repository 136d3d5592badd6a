import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compile } from '../__fixtures__/compile.js';

let folder: string;
beforeAll(async () => {
  const source = fileURLToPath(new URL('.', import.meta.url));
  folder = mkdtempSync(join(tmpdir(), 'blocking-caller-'));
  await compile([join(source, 'create-blocking-caller.ts'), join(source, 'blocking-worker.ts')], folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs an action of the fixture `host.mjs` in a process of its own, with the compiled caller beside its worker. */
function host(action: string, flags: readonly string[] = [], environment: NodeJS.ProcessEnv = {}) {
  const program = fileURLToPath(new URL('./__fixtures__/host.mjs', import.meta.url));
  const callerUrl = pathToFileURL(join(folder, 'create-blocking-caller.js')).href;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, program, callerUrl, action], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    timeout: 30_000,
  });
  return { status, stdout, stderr };
}

it('sends what a task prints to stderr, while the caller waits, and nothing to stdout', () => {
  expect(host('print')).toEqual({
    status: 0,
    stdout: 'printed\n',
    stderr: 'text of console.log\ntext of process.stdout\ntext of console.error\n',
  });
});

it('neither keeps the process alive nor changes its exit code', () => {
  expect(host('leave')).toEqual({ status: 7, stdout: 'left\n', stderr: '' });
});

it('has its thread end by itself when the process exits', () => {
  expect(host('exit')).toEqual({ status: 7, stdout: '', stderr: 'the thread ends by itself\n' });
});

// Each of the ten gets a tenth of a second to end; one after the other they would take a whole one.
it('waits for all its busy threads at once when the process exits', () => {
  const { status, stdout } = host('exitBusy');
  expect(status).toBe(7);
  expect(Number(stdout)).toBeGreaterThanOrEqual(99);
  expect(Number(stdout)).toBeLessThan(700);
});

it('works on a worker thread', () => {
  expect(host('fromWorker')).toEqual({ status: 0, stdout: 'from a worker: 1,2,3\n', stderr: '' });
});

it('works inside a task', () => {
  expect(host('nested')).toEqual({ status: 0, stdout: 'from inside\n', stderr: '' });
});

it('tells of a task that used up its memory, and goes on', () => {
  const { stdout, status } = host('outOfMemory', ['--max-old-space-size=64']);
  expect(stdout).toMatch(
    /^ERR_BLOCKING_CALL The helper thread ended while a task ran, perhaps out of memory\..*\nnext\n$/,
  );
  expect(status).toBe(0);
});

it('does not take over the flags of the host', () => {
  // What a test runner or a tracer loads into every thread that inherits its flags; here it ends such a thread.
  const code = 'import{isMainThread}from"node:worker_threads";if(!isMainThread)process.exit(9)';
  const flags = [`--import=data:text/javascript,${encodeURIComponent(code)}`, '--expose-gc'];
  const environment = { NODE_OPTIONS: '--max-old-space-size=512 --no-warnings' };
  expect(host('leave', flags, environment)).toEqual({ status: 7, stdout: 'left\n', stderr: '' });
});
