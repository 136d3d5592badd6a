;; Looks at the file "number" in the first preopened folder, or opens and closes it, again and again; returns how often that succeeded.
(module
  (import "wasi_snapshot_preview1" "path_filestat_get"
    (func $path_filestat_get (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $fd_close (param i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "number")
  (func (export "stat") (param $count i32) (result i32)
    (local $done i32)
    (loop $again
      (local.set $done (i32.add (local.get $done) (i32.eqz
        (call $path_filestat_get (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 6) (i32.const 64)))))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $done))
  (func (export "open") (param $count i32) (result i32)
    (local $done i32)
    (loop $again
      (if (i32.eqz (call $path_open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 6) (i32.const 0)
            (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 32)))
        (then (local.set $done (i32.add (local.get $done) (i32.eqz (call $fd_close (i32.load (i32.const 32))))))))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $done)))
