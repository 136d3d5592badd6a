import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime } from '../index.js';

const folder = mkdtempSync(join(tmpdir(), 'wasi-command-'));
writeFileSync(join(folder, 'in.txt'), 'from the file|');
afterAll(() => rmSync(folder, { recursive: true }));

// Writes its arguments, its environment, a file of its first folder and its stdin to stdout, a word to stderr, and exits with 7. Layouts
// and numbers are those of WASI preview 1: fd_read is right 2, descriptor 3 is the first preopened folder.
const command = wat(`(module
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $environ (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 100) "in.txt") (data (i32.const 120) "a word")
  (func $print (param $to i32) (param $pointer i32) (param $length i32)
    (i32.store (i32.const 200) (local.get $pointer)) (i32.store (i32.const 204) (local.get $length))
    (drop (call $write (local.get $to) (i32.const 200) (i32.const 1) (i32.const 208))))
  (func $copy (param $from i32)
    (i32.store (i32.const 200) (i32.const 8192)) (i32.store (i32.const 204) (i32.const 1000))
    (drop (call $read (local.get $from) (i32.const 200) (i32.const 1) (i32.const 212)))
    (call $print (i32.const 1) (i32.const 8192) (i32.load (i32.const 212))))
  (func (export "_start")
    (drop (call $args_sizes (i32.const 0) (i32.const 4)))
    (drop (call $args (i32.const 1024) (i32.const 2048)))
    (call $print (i32.const 1) (i32.const 2048) (i32.load (i32.const 4)))
    (drop (call $environ_sizes (i32.const 0) (i32.const 4)))
    (drop (call $environ (i32.const 1024) (i32.const 4096)))
    (call $print (i32.const 1) (i32.const 4096) (i32.load (i32.const 4)))
    (if (i32.eqz (call $open (i32.const 3) (i32.const 0) (i32.const 100) (i32.const 6) (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 216)))
      (then (call $copy (i32.load (i32.const 216)))))
    (call $copy (i32.const 0))
    (call $print (i32.const 2) (i32.const 120) (i32.const 6))
    (call $exit (i32.const 7))))`);

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const descriptors = () => readdirSync('/proc/self/fd').length;

forEachEngine((engine) => {
  it('gives a command its arguments, environment, folder and streams, and takes its exit code', async () => {
    using runtime = await createRuntime({
      engine,
      wasi: {
        args: ['one', 'two'],
        env: { A: '1', B: '2' },
        preopens: { '/data': folder },
        stdin: 'from stdin',
        stdout: 'capture',
        stderr: 'capture',
      },
    });
    for (let round = 0; round < 2; round++) {
      expect(runtime.run(command)).toBe(7);
      expect(text(runtime.stdout)).toBe('guest\0one\0two\0A=1\0B=2\0from the file|from stdin');
      expect(text(runtime.stderr)).toBe('a word');
    }
  });

  it('gives nothing that was not named', async () => {
    using runtime = await createRuntime({
      engine,
      wasi: { stdin: 'ignore', stdout: 'capture', stderr: 'ignore' },
    });
    expect(runtime.run(command)).toBe(7);
    expect(text(runtime.stdout)).toBe('guest\0');
    expect(text(runtime.stderr)).toBe('');
  });

  it.skipIf(process.platform !== 'linux')(
    'leaves no descriptor open (counted in /proc, on Linux only)',
    async () => {
      const options = {
        engine,
        wasi: { preopens: { '/data': folder }, stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' },
      } as const;
      const use = async () => {
        using runtime = await createRuntime(options);
        runtime.run(command);
      };
      await use();
      const before = descriptors();
      for (let round = 0; round < 50; round++) {
        await use();
      }
      expect(descriptors()).toBe(before);
    },
  );
});
