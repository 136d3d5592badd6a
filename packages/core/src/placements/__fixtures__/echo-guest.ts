import { wat } from '../../__fixtures__/wat.js';

const wasi = (name: string, type: string) =>
  `(import "wasi_snapshot_preview1" "${name}" (func $${name} ${type} (result i32)))`;

/**
 * Writes its arguments, its environment and its input to stdout, with a space after each variable and argument, and `end` to stderr. A
 * program whose name begins with `t` traps then, with `l` it loops, and with `f` it reads the file of that name in its first folder instead of its input.
 */
export const echoGuest = await wat(`(module
  ${wasi('args_sizes_get', '(param i32 i32)')}
  ${wasi('args_get', '(param i32 i32)')}
  ${wasi('environ_sizes_get', '(param i32 i32)')}
  ${wasi('environ_get', '(param i32 i32)')}
  ${wasi('fd_read', '(param i32 i32 i32 i32)')}
  ${wasi('fd_write', '(param i32 i32 i32 i32)')}
  ${wasi('path_open', '(param i32 i32 i32 i32 i32 i64 i64 i32 i32)')}
  (memory (export "memory") 4)
  (data (i32.const 16) "end")
  (func $write (param $to i32) (param $pointer i32) (param $length i32)
    (i32.store (i32.const 200) (local.get $pointer)) (i32.store (i32.const 204) (local.get $length))
    (drop (call $fd_write (local.get $to) (i32.const 200) (i32.const 1) (i32.const 208))))
  ;; Writes texts that end with zeros, each with a space after it.
  (func $texts (param $pointer i32) (param $length i32) (local $at i32)
    (local.set $at (local.get $pointer))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $at) (i32.add (local.get $pointer) (local.get $length))))
      (if (i32.eqz (i32.load8_u (local.get $at))) (then (i32.store8 (local.get $at) (i32.const 32))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
    (call $write (i32.const 1) (local.get $pointer) (local.get $length)))
  (func $copy (param $from i32)
    (loop $next
      (i32.store (i32.const 200) (i32.const 65536)) (i32.store (i32.const 204) (i32.const 65536))
      (i32.store (i32.const 208) (i32.const 0))
      (drop (call $fd_read (local.get $from) (i32.const 200) (i32.const 1) (i32.const 208)))
      (if (i32.load (i32.const 208)) (then
        (call $write (i32.const 1) (i32.const 65536) (i32.load (i32.const 208)))
        (br $next)))))
  (func $end (export "end") (call $write (i32.const 2) (i32.const 16) (i32.const 3)))
  (func (export "_start") (local $name i32) (local $skip i32)
    (drop (call $args_sizes_get (i32.const 0) (i32.const 4)))
    (drop (call $args_get (i32.const 1024) (i32.const 8192)))
    (local.set $name (i32.load8_u (i32.const 8192)))
    (local.set $skip (i32.sub (i32.load (i32.const 1028)) (i32.load (i32.const 1024))))
    (if (i32.eq (i32.load (i32.const 0)) (i32.const 1)) (then (local.set $skip (i32.load (i32.const 4)))))
    (call $texts (i32.add (i32.const 8192) (local.get $skip)) (i32.sub (i32.load (i32.const 4)) (local.get $skip)))
    (drop (call $environ_sizes_get (i32.const 0) (i32.const 4)))
    (drop (call $environ_get (i32.const 1024) (i32.const 32768)))
    (call $texts (i32.const 32768) (i32.load (i32.const 4)))
    (if (i32.eq (local.get $name) (i32.const 0x66))
      (then
        (drop (call $path_open (i32.const 3) (i32.const 0) (i32.const 8192) (i32.const 4) (i32.const 0) (i64.const 2) (i64.const 2) (i32.const 0) (i32.const 300)))
        (call $copy (i32.load (i32.const 300))))
      (else (call $copy (i32.const 0))))
    (call $end)
    (if (i32.eq (local.get $name) (i32.const 0x74)) (then unreachable))
    (if (i32.eq (local.get $name) (i32.const 0x6c)) (then (loop (br 0))))))`);
