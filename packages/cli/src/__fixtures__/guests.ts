import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import wabt from 'wabt';

const wasi = (name: string, params: string) =>
  `(import "wasi_snapshot_preview1" "${name}" (func $${name} (param ${params}) (result i32)))`;
const exit = '(import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))';
const command = (name: string, type: string) =>
  `(import "wasmedge_process" "wasmedge_process_${name}" (func $${name} ${type}))`;

/** Prints the strings that two WASI functions give, as they are: each ended by a NUL. */
const printStrings = (sizes: string, get: string) => `(module
  ${wasi(sizes, 'i32 i32')} ${wasi(get, 'i32 i32')} ${wasi('fd_write', 'i32 i32 i32 i32')}
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (call $${sizes} (i32.const 0) (i32.const 4)))
    (drop (call $${get} (i32.const 1024) (i32.const 4096)))
    (i32.store (i32.const 8) (i32.const 4096))
    (i32.store (i32.const 12) (i32.load (i32.const 4)))
    (drop (call $fd_write (i32.const 1) (i32.const 8) (i32.const 1) (i32.const 16)))))`;

const sources = {
  exit7: `(module ${exit} (memory (export "memory") 1) (func (export "_start") (call $proc_exit (i32.const 7))))`,
  trap: '(module (func (export "_start") unreachable))',
  loop: '(module (func (export "_start") (loop (br 0))))',
  big: '(module (memory 100) (func (export "_start")))',
  args: printStrings('args_sizes_get', 'args_get'),
  env: printStrings('environ_sizes_get', 'environ_get'),
  hello: `(module ${wasi('fd_write', 'i32 i32 i32 i32')} (memory (export "memory") 1)
    (data (i32.const 8) "hello\\n") (data (i32.const 0) "\\08\\00\\00\\00\\06\\00\\00\\00")
    (func (export "_start") (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))))`,
  /** Prints the name of the first folder and then the content of `in.txt` in it; without a folder, exit code 8 (badf). */
  folder: `(module ${exit} ${wasi('fd_write', 'i32 i32 i32 i32')} ${wasi('fd_read', 'i32 i32 i32 i32')}
    ${wasi('fd_prestat_get', 'i32 i32')} ${wasi('fd_prestat_dir_name', 'i32 i32 i32')}
    ${wasi('path_open', 'i32 i32 i32 i32 i32 i64 i64 i32 i32')}
    (memory (export "memory") 1) (data (i32.const 64) "in.txt")
    (func $print (param $length i32)
      (i32.store (i32.const 0) (i32.const 1024)) (i32.store (i32.const 4) (local.get $length))
      (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16))))
    (func (export "_start") (local $errno i32)
      (local.set $errno (call $fd_prestat_get (i32.const 3) (i32.const 32)))
      (if (local.get $errno) (then (call $proc_exit (local.get $errno))))
      (drop (call $fd_prestat_dir_name (i32.const 3) (i32.const 1024) (i32.load (i32.const 36))))
      (call $print (i32.load (i32.const 36)))
      (local.set $errno (call $path_open (i32.const 3) (i32.const 0) (i32.const 64) (i32.const 6)
        (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 40)))
      (if (local.get $errno) (then (call $proc_exit (local.get $errno))))
      (i32.store (i32.const 0) (i32.const 1024)) (i32.store (i32.const 4) (i32.const 100))
      (drop (call $fd_read (i32.load (i32.const 40)) (i32.const 0) (i32.const 1) (i32.const 44)))
      (call $print (i32.load (i32.const 44)))))`,
  library: `(module
    (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
    (func (export "swap") (param i64 f64) (result f64 i64) (local.get 1) (local.get 0))
    (func (export "nothing"))
    (func (export "reference") (param externref)))`,
  leaver: `(module ${exit} (memory (export "memory") 1) (func (export "leave") (call $proc_exit (i32.const 9))))`,
  /** Runs the program \`true\` and ends with its exit code. */
  process: `(module ${exit} ${command('set_prog_name', '(param i32 i32)')} ${command('run', '(result i32)')}
    (memory (export "memory") 1) (data (i32.const 0) "true")
    (func (export "_start")
      (call $set_prog_name (i32.const 0) (i32.const 4))
      (call $proc_exit (i32.and (call $run) (i32.const 255)))))`,
  /** Asks localhost:1 by HTTPS. */
  https: `(module (import "wasmedge_httpsreq" "wasmedge_httpsreq_send_data" (func $send (param i32 i32 i32 i32 i32)))
    (memory (export "memory") 1) (data (i32.const 0) "localhost") (data (i32.const 16) "GET / HTTP/1.0\\r\\n\\r\\n")
    (func (export "_start") (call $send (i32.const 0) (i32.const 9) (i32.const 1) (i32.const 16) (i32.const 18))))`,
  fake: '(module (import "fake" "answer" (func $answer (result i32))) (export "answer" (func $answer)))',
};

/** Builds the guests; returns the path of each. */
export async function buildGuests(): Promise<Record<keyof typeof sources, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'cli-guests-'));
  const { parseWat } = await wabt();
  const paths = Object.entries(sources).map(([name, text]) => {
    const path = join(folder, `${name}.wasm`);
    writeFileSync(path, parseWat(`${name}.wat`, text).toBinary({}).buffer);
    return [name, path];
  });
  return Object.fromEntries(paths);
}

/** Builds one guest; returns its path. */
export async function buildGuest(text: string): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'cli-guest-')), 'guest.wasm');
  const { parseWat } = await wabt();
  writeFileSync(path, parseWat('guest.wat', text).toBinary({}).buffer);
  return path;
}
