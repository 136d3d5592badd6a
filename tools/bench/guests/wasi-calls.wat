;; One function of WASI each, called again and again; returns how often it succeeded, or moved as much as it should.
;; Folders: 3 has the files "in" and "out", 4 is the one that is listed.
(module
  (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $fd_close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_readdir" (func $fd_readdir (param i32 i32 i32 i64 i32) (result i32)))
  (memory (export "memory") 20)
  (data (i32.const 0) "in")
  (data (i32.const 8) "out")
  ;; Two io vectors: 4 KiB and 1 KiB at 64 KiB.
  (data (i32.const 16) "\00\00\01\00\00\10\00\00")
  (data (i32.const 24) "\00\00\01\00\00\04\00\00")

  (func (export "random") (param $count i32) (result i32)
    (local $done i32)
    (loop $again
      (local.set $done (i32.add (local.get $done) (i32.eqz
        (call $random_get (i32.const 1024) (i32.const 16)))))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $done))

  (func $clock (param $clock i32) (param $count i32) (result i32)
    (local $done i32)
    (loop $again
      (local.set $done (i32.add (local.get $done) (i32.eqz
        (call $clock_time_get (local.get $clock) (i64.const 1) (i32.const 1024)))))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $done))
  (func (export "realtime") (param $count i32) (result i32)
    (call $clock (i32.const 0) (local.get $count)))
  (func (export "monotonic") (param $count i32) (result i32)
    (call $clock (i32.const 1) (local.get $count)))

  ;; The descriptor of the file whose name is at $name; the guest ends where there is none.
  (func $open (param $name i32) (param $length i32) (param $rights i64) (result i32)
    (if (call $path_open (i32.const 3) (i32.const 0) (local.get $name) (local.get $length) (i32.const 0)
          (local.get $rights) (i64.const 0) (i32.const 0) (i32.const 32))
      (then unreachable))
    (i32.load (i32.const 32)))

  (func (export "read") (param $count i32) (result i32)
    (local $fd i32) (local $done i32)
    (local.set $fd (call $open (i32.const 0) (i32.const 2) (i64.const 2)))
    (loop $again
      (if (i32.eqz (call $fd_read (local.get $fd) (i32.const 16) (i32.const 1) (i32.const 36)))
        (then (local.set $done (i32.add (local.get $done) (i32.eq (i32.load (i32.const 36)) (i32.const 4096))))))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (drop (call $fd_close (local.get $fd)))
    (local.get $done))

  (func $write (param $fd i32) (param $vector i32) (param $count i32) (result i32)
    (local $done i32)
    (loop $again
      (if (i32.eqz (call $fd_write (local.get $fd) (local.get $vector) (i32.const 1) (i32.const 36)))
        (then (local.set $done (i32.add (local.get $done)
          (i32.eq (i32.load (i32.const 36)) (i32.load offset=4 (local.get $vector)))))))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $done))
  (func (export "write") (param $count i32) (result i32)
    (local $fd i32) (local $done i32)
    (local.set $fd (call $open (i32.const 8) (i32.const 3) (i64.const 64)))
    (local.set $done (call $write (local.get $fd) (i32.const 16) (local.get $count)))
    (drop (call $fd_close (local.get $fd)))
    (local.get $done))
  (func (export "print") (param $count i32) (result i32)
    (call $write (i32.const 1) (i32.const 24) (local.get $count)))

  ;; Adds up the types of all entries whose names have ten letters: "." and ".." are not listed by everybody.
  (func (export "list") (param $count i32) (result i32)
    (local $at i32) (local $end i32) (local $sum i32)
    (loop $again
      (if (call $fd_readdir (i32.const 4) (i32.const 65536) (i32.const 1048576) (i64.const 0) (i32.const 36))
        (then unreachable))
      (local.set $at (i32.const 65536))
      (local.set $end (i32.add (local.get $at) (i32.load (i32.const 36))))
      (loop $entry
        (if (i32.lt_u (local.get $at) (local.get $end))
          (then
            (if (i32.eq (i32.load offset=16 (local.get $at)) (i32.const 10))
              (then (local.set $sum (i32.add (local.get $sum) (i32.load8_u offset=20 (local.get $at))))))
            (local.set $at (i32.add (local.get $at)
              (i32.add (i32.load offset=16 (local.get $at)) (i32.const 24))))
            (br $entry))))
      (br_if $again (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))
    (local.get $sum)))
