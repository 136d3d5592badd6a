;; Imports the module by the name, and the functions by the names, that they had in WasmEdge 0.11.0.
(module
  (import "httpsreq" "send_data" (func $send_data (param i32 i32 i32 i32 i32)))
  (import "httpsreq" "get_rcv" (func $get_rcv (param i32)))
  (import "httpsreq" "get_rcv_len" (func $get_rcv_len (result i32)))

  (memory (export "memory") 1)

  (func (export "send_data") (param i32 i32 i32 i32 i32)
    (call $send_data (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
  (func (export "get_rcv") (param i32) (call $get_rcv (local.get 0)))
  (func (export "get_rcv_len") (result i32) (call $get_rcv_len))

  (func (export "store") (param $offset i32) (param $byte i32) (i32.store8 (local.get $offset) (local.get $byte)))
  (func (export "load") (param $offset i32) (result i32) (i32.load8_u (local.get $offset))))
