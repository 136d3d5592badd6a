import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { buildGuest } from './__fixtures__/guests.js';
import { runBin } from './__fixtures__/run-bin.js';

const add = await buildGuest(`(module
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "wide") (result i64 f64 f32) (i64.const -1) (f64.const 0.5) (f32.const nan)))`);
const writer = (text: string, code: number) =>
  buildGuest(`(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1) (data (i32.const 8) "${text}")
  (data (i32.const 0) "\\08\\00\\00\\00\\02\\00\\00\\00")
  (func (export "_start")
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))
    (call $exit (i32.const ${code}))))`);

/** What `run --json` prints, which is all that it prints. */
function runJson(...args: string[]) {
  const { status, stdout, stderr } = runBin(['run', '--json', ...args]);
  expect(stderr).toBe('');
  const { elapsedMs, ...outcome } = JSON.parse(stdout);
  expect(elapsedMs).toBeGreaterThanOrEqual(0);
  expect(outcome.exitCode).toBe(status);
  return outcome;
}

it.each(['inline', 'worker'])('tells the results of a function, placement %s', (placement) => {
  expect(runJson('--placement', placement, add, 'add', '1', '2')).toEqual({
    ok: true,
    exitCode: 0,
    guest: add,
    function: 'add',
    results: [3],
    stdout: '',
    stderr: '',
    engine: 'v8',
    plugins: [],
  });
});

it('keeps as texts what JSON has no number for', () => {
  expect(runJson(add, 'wide').results).toEqual(['18446744073709551615', 0.5, 'NaN']);
});

it.each(['inline', 'worker'])(
  'tells the exit code of a command and what it wrote, placement %s',
  async (placement) => {
    expect(runJson('--placement', placement, await writer('hi', 3))).toMatchObject({
      ok: false,
      exitCode: 3,
      stdout: 'hi',
      stderr: '',
    });
  },
);

it('tells bytes that are no text', async () => {
  expect(runJson(await writer('\\ff\\fe', 0))).toMatchObject({ ok: true, stdout: { base64: '//4=' } });
});

it('tells an error with its code, and ends with the code that it ends with without --json', async () => {
  const trap = await buildGuest('(module (func (export "_start") unreachable))');
  expect(runJson(trap)).toMatchObject({ ok: false, exitCode: 134, error: { code: 'ERR_GUEST_TRAP' } });
  expect(runJson('/no/such.wasm')).toMatchObject({ exitCode: 1, error: { code: 'ERR_GUEST_NOT_FOUND' } });
});

it.each<[string, () => string[], string]>([
  ['a function that is not there', () => ['--json', add, 'sub'], 'exports no function "sub"'],
  ['a misspelt option', () => ['--json', '--engin', 'v8', add], "unknown option '--engin'"],
  ['a value that an option does not take', () => ['--engine', 'v9', '--json', add], 'Allowed choices are v8'],
  ['no guest', () => ['--json'], "missing required argument 'guest'"],
])('tells %s as JSON too', (_what, args, message) => {
  const { status, stdout } = runBin(['run', ...args()]);
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    exitCode: 2,
    error: { message: expect.stringContaining(message) },
  });
});

// IEEE 754 has two zeros, and JSON.stringify(-0) is "0" (ECMA-262, SerializeJSONProperty).
it('keeps the sign of zero', async () => {
  const zero = await buildGuest('(module (func (export "zero") (result f64) f64.const -0))');
  expect(runJson(zero, 'zero')).toMatchObject({ results: ['-0'] });
  expect(runBin(['run', zero, 'zero']).stdout).toBe('-0\n');
});

it('lets a guest write no more than JSON can tell', async () => {
  const endless = await buildGuest(`(module
    (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (memory (export "memory") 17) (data (i32.const 0) "\\10\\00\\00\\00\\00\\00\\10\\00")
    (func (export "_start") (local $errno i32)
      (loop $more
        (local.set $errno (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 12)))
        (br_if $more (i32.eqz (local.get $errno))))
      (call $exit (local.get $errno))))`);
  const bin = fileURLToPath(new URL('../bin/wasmedge-plugins.js', import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [bin, 'run', '--json', endless], {
    maxBuffer: 2 ** 28,
  });
  // The errno of a device that is full.
  expect(status).toBe(51);
  expect(stdout.subarray(0, 50).toString()).toContain('"exitCode": 51');
});
