;; Calls the HTTPS plug-in without having any memory.
(module
  (import "wasmedge_httpsreq" "wasmedge_httpsreq_send_data" (func $send_data (param i32 i32 i32 i32 i32)))
  (import "wasmedge_httpsreq" "wasmedge_httpsreq_get_rcv" (func $get_rcv (param i32)))
  (import "wasmedge_httpsreq" "wasmedge_httpsreq_get_rcv_len" (func $get_rcv_len (result i32)))

  (func (export "send_data")
    (call $send_data (i32.const 0) (i32.const 0) (i32.const 443) (i32.const 0) (i32.const 0)))
  (func (export "get_rcv") (call $get_rcv (i32.const 0)))
  ;; Needs no memory.
  (func (export "get_rcv_len") (result i32) (call $get_rcv_len)))
