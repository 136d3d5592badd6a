(module
  (import "env" "plus" (func $plus (param i32 i32) (result i32)))
  (import "env" "first" (func $first (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  ;; Copies bytes as a guest that works on them would read and write them: eight at a time.
  (func (export "echo") (param $from i32) (param $to i32) (param $length i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $from) (local.get $length)))
    (loop $next
      (i64.store (local.get $to) (i64.load (local.get $from)))
      (local.set $from (i32.add (local.get $from) (i32.const 8)))
      (local.set $to (i32.add (local.get $to) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $from) (local.get $end)))))
  ;; Adds up 1 to $count by the host's function.
  (func (export "sum") (param $count i32) (result i32)
    (local $sum i32)
    (loop $next
      (local.set $sum (call $plus (local.get $sum) (local.get $count)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $next (i32.ne (local.get $count) (i32.const 0))))
    (local.get $sum))
  ;; The sum of the first of 64 bytes that the host's function is given, again and again.
  (func (export "sumBytes") (param $count i32) (result i32)
    (local $sum i32)
    (loop $next
      (i64.store (i32.const 1024) (i64.extend_i32_u (local.get $count)))
      (local.set $sum (i32.add (local.get $sum) (call $first (i32.const 1024) (i32.const 64))))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $next (local.get $count)))
    (local.get $sum)))
