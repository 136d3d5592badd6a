import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { expectRejects } from '../__fixtures__/expect-error.js';
import {
  createRuntime,
  GuestTimeoutError,
  InvalidArgumentError,
  type PlacedRuntimeOptions,
} from '../index.js';
import { echoGuest } from './__fixtures__/echo-guest.js';

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'run-in-member-')));
afterAll(() => rmSync(folder, { recursive: true }));

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}

const captured = { stdin: 'ignore', stdout: 'capture', stderr: 'capture' } as const;

describe.each(['worker', 'process'] as const)('placement %s', (placement) => {
  async function make(options: Omit<PlacedRuntimeOptions, 'placement'> = {}) {
    const runtime = await createRuntime({ wasi: captured, ...options, placement });
    onTestFinished(() => runtime[Symbol.asyncDispose]());
    return runtime;
  }

  it('gives each call its own world, and what it has captured', async () => {
    const runtime = await make();
    const stdin = new TextEncoder().encode('bytes');
    expect(await runtime.run(echoGuest, { args: ['one', 'two'], env: { A: '1' }, stdin })).toBe(0);
    expect([text(runtime.stdout), text(runtime.stderr)]).toEqual(['one two A=1 bytes', 'end']);
    expect(await runtime.run(echoGuest, { stdin: 'text', stderr: 'ignore' })).toBe(0);
    expect([text(runtime.stdout), text(runtime.stderr)]).toEqual(['text', '']);
    const outputs = ['a', 'b', 'c'].map(async (name) => {
      await runtime.run(echoGuest, { args: [name] });
      return text(runtime.stdout);
    });
    expect(await Promise.all(outputs)).toEqual(['a ', 'b ', 'c ']);
  });

  it('takes modules that are JavaScript there', async () => {
    const file = path.join(folder, 'task.tsx');
    writeFileSync(file, 'export const task = () => 1;');
    const performed = (await make()).perform({ module: pathToFileURL(file), export: 'task' }, []);
    await expect(performed).rejects.toThrow(/task\.tsx, which has the task task, .*: name the compiled file/);
  });

  it('refuses what is no task, and arguments that are not an array', async () => {
    const runtime = await make();
    const perform = runtime.perform.bind(runtime) as (...args: readonly unknown[]) => Promise<unknown>;
    const task = { module: 'data:text/javascript,export const task = () => 1;', export: 'task' };
    const refused = [InvalidArgumentError, 'ERR_INVALID_ARGUMENT'] as const;
    await expectRejects(
      perform(task),
      ...refused,
      /arguments of perform\(\) must be an array, not undefined/,
    );
    await expectRejects(perform(task, 'a'), ...refused, /must be an array, not "a"/);
    for (const wrong of [undefined, 'task', { export: 'task' }, { module: 'no URL', export: 'task' }]) {
      await expectRejects(perform(wrong, []), ...refused, /task of perform\(\) must be \{ module, export \}/);
    }
    expect(await perform(task, [])).toBe(1);
  });

  it('gives what was captured before a guest failed, and nothing of one that was ended', async () => {
    const runtime = await make();
    await expect(runtime.run(echoGuest, { args: ['x'], programName: 'trap' })).rejects.toMatchObject({
      code: 'ERR_GUEST_TRAP',
    });
    expect([text(runtime.stdout), text(runtime.stderr)]).toEqual(['x ', 'end']);
    const timeoutMs = 200;
    await expect(runtime.run(echoGuest, { programName: 'loop', timeoutMs })).rejects.toThrow(
      GuestTimeoutError,
    );
    expect([text(runtime.stdout), text(runtime.stderr)]).toEqual(['', '']);
  });

  it('adds what libraries write to the output of the latest command', async () => {
    const runtime = await make();
    const { exports } = await runtime.instantiate(echoGuest);
    await exports.end?.();
    expect(text(runtime.stderr)).toBe('end');
    await exports.end?.();
    expect(text(runtime.stderr)).toBe('endend');
    await runtime.run(echoGuest, { args: ['x'] });
    await exports.end?.();
    expect([text(runtime.stdout), text(runtime.stderr)]).toEqual(['x ', 'endend']);
  });

  it('keeps as much as is allowed', async () => {
    const runtime = await make({ wasi: { ...captured, maxOutputBytes: 4 } });
    await runtime.run(echoGuest, { args: ['12345678'] });
    expect(text(runtime.stdout)).toBe('1234');
    await runtime.run(echoGuest, { args: ['12345678'], maxOutputBytes: 6 });
    expect(text(runtime.stdout)).toBe('123456');
  });

  it('has folders, which are those of the working folder of its caller', async () => {
    writeFileSync(path.join(folder, 'file'), 'in a folder');
    const runtime = await make();
    const before = process.cwd();
    // A worker of the tests cannot change its working folder.
    const relative = path.relative(before, folder);
    await runtime.run(echoGuest, { programName: 'file', preopens: { '/': relative } });
    expect(text(runtime.stdout)).toBe('in a folder');
  });

  it('refuses what is wrong before anything is done', async () => {
    const runtime = await make();
    for (const options of [
      { arg: [] },
      { timeoutMs: 0 },
      { signal: {} },
      { args: 'x' },
      { maxOutputBytes: -1 },
    ]) {
      await expect(runtime.run(echoGuest, options as never)).rejects.toMatchObject({
        code: 'ERR_INVALID_ARGUMENT',
      });
    }
  });
});
