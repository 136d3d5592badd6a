import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildGuest } from './__fixtures__/guests.js';

const bin = fileURLToPath(new URL('../bin/wasmedge-plugins.js', import.meta.url));

const emptyFolder = () => mkdtempSync(join(tmpdir(), 'piped-'));

/** Runs a line of a shell, in which `"$@"` is this command. */
function inShell(line: string, cwd = emptyFolder()) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', line, 'sh', process.execPath, bin], {
    cwd,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const add = () =>
  buildGuest('(module (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))');

describe.skipIf(process.platform === 'win32')('a guest from a pipe', () => {
  it.each([[''], ['--placement worker'], ['--placement process']])(
    'is read once: run %s',
    async (options) => {
      const guest = await add();
      expect(inShell(`cat ${guest} | "$@" run ${options} /dev/stdin add 3 4`)).toEqual({
        status: 0,
        stdout: '7\n',
        stderr: '',
      });
    },
  );

  it('may be a named pipe, to which somebody writes later', async () => {
    const guest = await add();
    const cwd = emptyFolder();
    execFileSync('mkfifo', ['pipe'], { cwd });
    expect(inShell(`cat ${guest} > pipe & "$@" run pipe add 3 4`, cwd)).toMatchObject({ stdout: '7\n' });
  });

  it('gets its types, which are not written to a file', async () => {
    const guest = await add();
    const { stdout } = inShell(`cat ${guest} | "$@" types /dev/stdin`);
    expect(stdout).toContain('add');
    expect(stdout).toContain('guest.wasm');
    expect(stdout).not.toContain('stdin');
    expect(inShell(`cat ${guest} | "$@" types /dev/stdin -o add.ts`)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('/dev/stdin is not a file, where a program could find the guest later'),
    });
  });

  it.each([
    ['run /dev/zero', 'The guest zero is not a WebAssembly module: it begins with 00 00 00 00'],
    ['types /dev/zero', 'The guest zero is not a WebAssembly module: it begins with 00 00 00 00'],
    ['compile /dev/zero', 'The guest zero is not a WebAssembly module: it begins with 00 00 00 00'],
    ['run /dev/null', 'The guest null is empty (0 bytes)'],
    ['types /dev/null', 'The guest null is empty (0 bytes)'],
    ['inspect /dev/zero', '/dev/zero is not a file, and inspect looks at a file several times'],
    ['model /dev/zero', '/dev/zero is not a file'],
    ['lock x=/dev/zero', 'it is not a file'],
    [
      'run --public-key /dev/zero GUEST add 1 2',
      '/dev/zero cannot be read: it has more than the 65536 bytes',
    ],
    ['verify --lock-file /dev/zero x', 'it is not a file'],
    [
      'run --plugin wasmedge_httpsreq --ca /dev/zero GUEST add 1 2',
      '/dev/zero, which cannot be read: it has more than the 8388608 bytes',
    ],
  ])('is not read without end: %s', async (args, expected) => {
    const { status, stdout, stderr } = inShell(`"$@" ${args.replace('GUEST', await add())}`);
    expect(stdout + stderr).toContain(expected);
    expect(status).not.toBe(0);
  });
});
