import { buildGuest } from './guests.js';

const wasi = (name: string, params: string) =>
  `(import "wasi_snapshot_preview1" "${name}" (func $${name} (param ${params}) (result i32)))`;

/**
 * Builds an interactive guest; returns its path. It writes `> ` where its input is a terminal, otherwise `- `, and answers each line with `got ` and the line. It
 * loops for ever after a line that begins with `l`, and ends with 5 at the end of its input.
 */
export function buildRepl(): Promise<string> {
  return buildGuest(`(module
    ${wasi('fd_read', 'i32 i32 i32 i32')} ${wasi('fd_write', 'i32 i32 i32 i32')} ${wasi('fd_fdstat_get', 'i32 i32')}
    (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
    (memory (export "memory") 1)
    (data (i32.const 64) "> - got ")
    (func $write (param $pointer i32) (param $length i32)
      (i32.store (i32.const 0) (local.get $pointer)) (i32.store (i32.const 4) (local.get $length))
      (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
    (func (export "_start")
      (drop (call $fd_fdstat_get (i32.const 0) (i32.const 32)))
      (loop $next
        (call $write
          (select (i32.const 64) (i32.const 66) (i32.eq (i32.load8_u (i32.const 32)) (i32.const 2)))
          (i32.const 2))
        (i32.store (i32.const 0) (i32.const 1024)) (i32.store (i32.const 4) (i32.const 1000))
        (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
        (if (i32.eqz (i32.load (i32.const 8))) (then (call $exit (i32.const 5))))
        (i32.store (i32.const 12) (i32.load (i32.const 8)))
        (call $write (i32.const 68) (i32.const 4))
        (call $write (i32.const 1024) (i32.load (i32.const 12)))
        (if (i32.eq (i32.load8_u (i32.const 1024)) (i32.const 0x6c)) (then (loop (br 0))))
        (br $next))))`);
}
