;; Runs models by name. The host lays out what the calls need: the name at 1024, tensor records from 64, their dimensions from 256, data
;; from 65536; the output is written at 2097152.
(module
  (import "wasi_ephemeral_nn" "load_by_name" (func $load_by_name (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_nn" "init_execution_context" (func $init_execution_context (param i32 i32) (result i32)))
  (import "wasi_ephemeral_nn" "set_input" (func $set_input (param i32 i32 i32) (result i32)))
  (import "wasi_ephemeral_nn" "compute" (func $compute (param i32) (result i32)))
  (import "wasi_ephemeral_nn" "get_output" (func $get_output (param i32 i32 i32 i32 i32) (result i32)))

  (memory (export "memory") 64)

  (func $must (param $errno i32)
    (if (local.get $errno) (then unreachable)))

  ;; Loads the model of that name; returns an execution context.
  (func (export "open") (param $name_length i32) (result i32)
    (call $must (call $load_by_name (i32.const 1024) (local.get $name_length) (i32.const 16)))
    (call $must (call $init_execution_context (i32.load (i32.const 16)) (i32.const 16)))
    (i32.load (i32.const 16)))

  ;; Sets the first input, again and again.
  (func (export "set") (param $context i32) (param $count i32)
    (loop $again
      (call $must (call $set_input (local.get $context) (i32.const 0) (i32.const 64)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $again (local.get $count))))

  ;; Sets all inputs, computes and reads the first output, again and again; returns the length of the output.
  (func (export "infer") (param $context i32) (param $inputs i32) (param $count i32) (result i32)
    (local $index i32)
    (loop $again
      (local.set $index (i32.const 0))
      (loop $next
        (call $must
          (call $set_input
            (local.get $context)
            (local.get $index)
            (i32.add (i32.const 64) (i32.mul (local.get $index) (i32.const 20)))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br_if $next (i32.lt_u (local.get $index) (local.get $inputs))))
      (call $must (call $compute (local.get $context)))
      (call $must
        (call $get_output
          (local.get $context) (i32.const 0) (i32.const 2097152) (i32.const 1048576) (i32.const 16)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $again (local.get $count)))
    (i32.load (i32.const 16)))
)
