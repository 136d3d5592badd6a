;; Every function of the HTTPS plug-in as an export, with whatever numbers the host gives, and bytes of its own memory. It opens no
;; socket before it calls.
(module
  (import "wasmedge_httpsreq" "wasmedge_httpsreq_send_data" (func $send_data (param i32 i32 i32 i32 i32)))
  (import "wasmedge_httpsreq" "wasmedge_httpsreq_get_rcv" (func $get_rcv (param i32)))
  (import "wasmedge_httpsreq" "wasmedge_httpsreq_get_rcv_len" (func $get_rcv_len (result i32)))

  ;; 65536 bytes: offset 65535 is the last one.
  (memory (export "memory") 1)

  (func (export "send_data") (param i32 i32 i32 i32 i32)
    (call $send_data (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
  (func (export "get_rcv") (param i32) (call $get_rcv (local.get 0)))
  (func (export "get_rcv_len") (result i32) (call $get_rcv_len))

  (func (export "store") (param $offset i32) (param $byte i32) (i32.store8 (local.get $offset) (local.get $byte)))
  (func (export "load") (param $offset i32) (result i32) (i32.load8_u (local.get $offset)))
  (func (export "fill") (param $offset i32) (param $byte i32) (param $length i32)
    (memory.fill (local.get $offset) (local.get $byte) (local.get $length)))
  (func (export "grow") (param $pages i32) (result i32) (memory.grow (local.get $pages)))

  ;; Writes the words 0, c, 2c, 3c ... of four bytes, with c = 0x9e3779b1.
  (func (export "store_pattern") (param $offset i32) (param $words i32)
    (local $index i32)
    (block $done
      (loop $more
        (br_if $done (i32.ge_u (local.get $index) (local.get $words)))
        (i32.store
          (i32.add (local.get $offset) (i32.shl (local.get $index) (i32.const 2)))
          (i32.mul (local.get $index) (i32.const 0x9e3779b1)))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $more))))

  ;; How many of `words` words from `offset` are not those of that pattern.
  (func (export "count_other") (param $offset i32) (param $words i32) (result i32)
    (local $index i32)
    (local $count i32)
    (block $done
      (loop $more
        (br_if $done (i32.ge_u (local.get $index) (local.get $words)))
        (local.set $count
          (i32.add
            (local.get $count)
            (i32.ne
              (i32.load (i32.add (local.get $offset) (i32.shl (local.get $index) (i32.const 2))))
              (i32.mul (local.get $index) (i32.const 0x9e3779b1)))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $more)))
    (local.get $count)))
