;; Calls get_string with whatever numbers the host gives, and tells the bytes of its own memory.
(module
  (import "module_wasm_name" "get_string" (func $get_string (param i32 i32 i32)))
  (memory (export "memory") 1)
  (func (export "get_string") (param i32 i32 i32)
    (call $get_string (local.get 0) (local.get 1) (local.get 2)))
  (func (export "fill") (param $value i32)
    (memory.fill (i32.const 0) (local.get $value) (i32.const 65536)))
  (func (export "byte") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "number") (param i32) (result i32) (i32.load (local.get 0))))
