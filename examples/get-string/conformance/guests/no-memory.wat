;; Calls get_string without having a memory.
(module
  (import "module_wasm_name" "get_string" (func $get_string (param i32 i32 i32)))
  (func (export "get_string") (call $get_string (i32.const 0) (i32.const 0) (i32.const 0))))
