import { chmodSync, closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { koffi } from '@wasmedge-plugins/core/native';
import { afterAll, describe, expect, it } from 'vitest';
import type { Command, EndedCommand } from './command.js';
import { runCommand } from './run-command.js';

const folder = mkdtempSync(join(tmpdir(), 'process-plugin-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(program: string, args: string[] = [], more: Partial<Command> = {}) {
  const command: Command = {
    program,
    args,
    env: [],
    stdin: new Uint8Array(0),
    timeoutMs: 10_000,
    maxOutputBytes: 1 << 28,
    searchPath: process.env.PATH,
    ...more,
  };
  return runCommand(command, { signal: new AbortController().signal });
}

const sh = (script: string, more?: Partial<Command>) =>
  run('sh', ['-c', script], more) as Promise<EndedCommand>;
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('runCommand', () => {
  it('keeps stdout and stderr apart and tells the exit code of `exit 200` as 200', async () => {
    const outcome = await sh('echo out; echo err >&2; exit 200');
    expect(outcome).toMatchObject({ kind: 'ended', exitCode: 200, timedOut: false });
    expect([text(outcome.stdout), text(outcome.stderr)]).toEqual(['out\n', 'err\n']);
  });

  it.each([
    [9, 137],
    [15, 143],
    [6, 134],
  ])('tells death by signal %i as %i, as POSIX shells do', async (signal, exitCode) => {
    expect(await sh(`kill -${signal} $$`)).toMatchObject({ exitCode });
  });

  it('sends 8 MiB through cat while reading it', async () => {
    const stdin = new Uint8Array(8 << 20).map((_, index) => index * 31);
    const outcome = (await run('cat', [], { stdin })) as EndedCommand;
    expect(Buffer.compare(outcome.stdout, stdin)).toBe(0);
  });

  it('survives a command that does not read 8 MiB of stdin', async () => {
    expect(await run('true', [], { stdin: new Uint8Array(8 << 20) })).toMatchObject({ exitCode: 0 });
  });

  it('gives the command its environment and nothing of the host, as env(1) prints it', async () => {
    process.env.NODE_V8_COVERAGE = '/nowhere';
    const env = [
      ['B', '2'],
      ['__proto__', 'x'],
      ['A=B', 'C'],
    ] as const;
    const outcome = (await run('env', [], { env })) as EndedCommand;
    delete process.env.NODE_V8_COVERAGE;
    expect(text(outcome.stdout).trim().split('\n').sort()).toEqual(['A=B=C', 'B=2', '__proto__=x']);
  });

  // POSIX: dup2 gives descriptors without close-on-exec, as native code and whoever started the host may leave them.
  it.skipIf(process.platform === 'win32')('gives the command no descriptor besides 0, 1 and 2', async () => {
    const dup2 = koffi.load(null).func('int dup2(int, int)');
    const file = openSync('/etc/passwd', 'r');
    const leaked = [40, 251, 300].map((fd) => dup2(file, fd));
    const script = 'for n in 3 4 5 6 7 8 9 40 251 300; do [ -e /dev/fd/$n ] && echo $n; done';
    const outcome = await sh(script);
    for (const fd of [file, ...leaked]) closeSync(fd);
    expect(text(outcome.stdout)).toBe('');
  });

  it('looks the program up on the search path, not on the PATH of its environment', async () => {
    writeFileSync(join(folder, 'cat'), '#!/bin/sh\necho wrong');
    chmodSync(join(folder, 'cat'), 0o755);
    const outcome = (await run('cat', [], {
      env: [['PATH', folder]],
      stdin: Buffer.from('right'),
    })) as EndedCommand;
    expect(text(outcome.stdout)).toBe('right');
    expect(text(((await run('cat', [], { searchPath: folder })) as EndedCommand).stdout)).toBe('wrong\n');
  });

  it('uses /bin and /usr/bin when the host has no PATH, as execvp does', async () => {
    expect(await run('true', [], { searchPath: undefined })).toMatchObject({ exitCode: 0 });
  });

  it('gives the command its name as argument 0', async () => {
    expect(text((await sh('printf %s "$0"')).stdout)).toBe('sh');
  });

  it.each([
    ['', 'Command not found.'],
    ['no-such-program', 'Command not found.'],
    ['/no/such/program', 'Command not found.'],
    ['/etc/passwd', 'Permission denied.'],
    ['/etc', 'Permission denied.'],
    ['/etc/passwd/x', 'Command not found.'],
  ])('does not start %j: %s', async (program, reason) => {
    expect(await run(program)).toEqual({ kind: 'not-started', reason, retry: false });
  });

  it('says EACCES for a file on the search path that is not executable, as execvp does', async () => {
    writeFileSync(join(folder, 'plain'), '');
    const outcome = await run('plain', [], { searchPath: folder });
    expect(outcome).toMatchObject({ reason: 'Permission denied.' });
  });

  it('names the errno of an argument list that is too long', async () => {
    expect(await run('true', ['x'.repeat(1 << 22)])).toMatchObject({
      kind: 'not-started',
      reason: 'Unknown error. (E2BIG)',
    });
  });

  it('ends a command and what it started when its milliseconds are over, and keeps its output', async () => {
    const marker = join(folder, 'marker');
    const start = performance.now();
    const outcome = await sh(`echo $$; (sleep 0.8; echo alive >${marker}) & sleep 60`, { timeoutMs: 300 });
    const tookMs = performance.now() - start;
    expect(outcome).toMatchObject({ exitCode: 110, timedOut: true });
    expect(tookMs).toBeGreaterThanOrEqual(295);
    expect(tookMs).toBeLessThan(2000);
    const pid = Number(text(outcome.stdout));
    expect(pid).toBeGreaterThan(0);
    // A zombie would still be there.
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await setTimeout(1000);
    expect(existsSync(marker)).toBe(false);
  });

  it('ends a command at once for a time-out of 0, and not for the longest one', async () => {
    expect(await sh('sleep 60', { timeoutMs: 0 })).toMatchObject({ exitCode: 110 });
    expect(await sh('sleep 0.1', { timeoutMs: 0xffff_ffff })).toMatchObject({ exitCode: 0 });
  });

  it('does not wait for a process that outlives the command and holds its pipes', async () => {
    const start = performance.now();
    const outcome = await sh('sleep 30 & echo hi; exit 3');
    expect(performance.now() - start).toBeLessThan(5000);
    expect([outcome.exitCode, text(outcome.stdout)]).toEqual([3, 'hi\n']);
  });

  it('reads all that a command wrote, also when another process holds the pipe', async () => {
    const outcome = await sh('sleep 30 & head -c 3000000 /dev/zero');
    expect(outcome.stdout.byteLength).toBe(3_000_000);
  });

  it.each(['stdout', 'stderr'] as const)('ends a command that writes too much to %s', async (stream) => {
    const redirect = stream === 'stderr' ? '>&2' : '';
    const outcome = await sh(`while :; do echo y; done ${redirect}`, { maxOutputBytes: 100_000 });
    expect(outcome).toEqual({ kind: 'too-much-output', stream });
  });

  it('keeps exactly the bound', async () => {
    expect(await sh('printf 12345', { maxOutputBytes: 5 })).toMatchObject({ kind: 'ended' });
    expect(await sh('printf 123456', { maxOutputBytes: 5 })).toMatchObject({ kind: 'too-much-output' });
  });

  it('runs a script without an interpreter line by sh, as execvp does', async () => {
    writeFileSync(join(folder, 'script'), 'echo from script "$1"');
    chmodSync(join(folder, 'script'), 0o755);
    expect(text(((await run(join(folder, 'script'), ['a'])) as EndedCommand).stdout)).toBe('from script a\n');
  });

  it('ends the command when the caller gives up', async () => {
    const controller = new AbortController();
    void setTimeout(100).then(() => controller.abort());
    const start = performance.now();
    const command = { program: 'sleep', args: ['60'], env: [], stdin: new Uint8Array(0), timeoutMs: 60_000 };
    await runCommand(
      { ...command, maxOutputBytes: 10, searchPath: process.env.PATH },
      { signal: controller.signal },
    );
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
