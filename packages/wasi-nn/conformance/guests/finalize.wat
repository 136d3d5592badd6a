;; The function of WASI-NN that WasmEdge has since 0.15, so that the guest raw-calls can be had without it.
(module
  (import "wasi_ephemeral_nn" "finalize_execution_context" (func $finalize_execution_context (param i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "finalize_execution_context") (param i32) (result i32)
    (call $finalize_execution_context (local.get 0))))
