;; Opens the file "number" in the first preopened folder, reads one byte, and ends with it as the exit code. The file stays open: closing
;; it is the host's work.
(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "number")
  ;; One io vector: one byte at 64.
  (data (i32.const 16) "\40\00\00\00\01\00\00\00")
  (func (export "_start")
    (if (call $path_open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 6) (i32.const 0)
          (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 32))
      (then (call $proc_exit (i32.const 254))))
    (if (call $fd_read (i32.load (i32.const 32)) (i32.const 16) (i32.const 1) (i32.const 36))
      (then (call $proc_exit (i32.const 253))))
    (call $proc_exit (i32.load8_u (i32.const 64)))))
