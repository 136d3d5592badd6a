;; A WASI command: it prints "hello". Made by: npx wat2wasm hello.wat -o hello.wasm
(module
  (import "wasi_snapshot_preview1" "fd_write"
    (func $write (param $descriptor i32) (param $parts i32) (param $count i32) (param $written i32) (result i32)))
  (memory (export "memory") 1)
  ;; At 0 one part of what is written: where its bytes are, and how many. The bytes follow.
  (data (i32.const 0) "\08\00\00\00" "\06\00\00\00" "hello\n")
  (func (export "_start")
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))))
