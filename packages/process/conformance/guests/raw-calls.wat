;; Every function of the process plug-in as an export, with whatever numbers the host gives, and bytes of its own memory.
(module
  (import "wasmedge_process" "wasmedge_process_set_prog_name" (func $set_prog_name (param i32 i32)))
  (import "wasmedge_process" "wasmedge_process_add_arg" (func $add_arg (param i32 i32)))
  (import "wasmedge_process" "wasmedge_process_add_env" (func $add_env (param i32 i32 i32 i32)))
  (import "wasmedge_process" "wasmedge_process_add_stdin" (func $add_stdin (param i32 i32)))
  (import "wasmedge_process" "wasmedge_process_set_timeout" (func $set_timeout (param i32)))
  (import "wasmedge_process" "wasmedge_process_run" (func $run (result i32)))
  (import "wasmedge_process" "wasmedge_process_get_exit_code" (func $get_exit_code (result i32)))
  (import "wasmedge_process" "wasmedge_process_get_stdout_len" (func $get_stdout_len (result i32)))
  (import "wasmedge_process" "wasmedge_process_get_stdout" (func $get_stdout (param i32)))
  (import "wasmedge_process" "wasmedge_process_get_stderr_len" (func $get_stderr_len (result i32)))
  (import "wasmedge_process" "wasmedge_process_get_stderr" (func $get_stderr (param i32)))

  ;; 65536 bytes: offset 65535 is the last one.
  (memory (export "memory") 1)

  (func (export "set_prog_name") (param i32 i32) (call $set_prog_name (local.get 0) (local.get 1)))
  (func (export "add_arg") (param i32 i32) (call $add_arg (local.get 0) (local.get 1)))
  (func (export "add_env") (param i32 i32 i32 i32)
    (call $add_env (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func (export "add_stdin") (param i32 i32) (call $add_stdin (local.get 0) (local.get 1)))
  (func (export "set_timeout") (param i32) (call $set_timeout (local.get 0)))
  (func (export "run") (result i32) (call $run))
  (func (export "get_exit_code") (result i32) (call $get_exit_code))
  (func (export "get_stdout_len") (result i32) (call $get_stdout_len))
  (func (export "get_stdout") (param i32) (call $get_stdout (local.get 0)))
  (func (export "get_stderr_len") (result i32) (call $get_stderr_len))
  (func (export "get_stderr") (param i32) (call $get_stderr (local.get 0)))

  (func (export "store") (param $offset i32) (param $byte i32) (i32.store8 (local.get $offset) (local.get $byte)))
  (func (export "load") (param $offset i32) (result i32) (i32.load8_u (local.get $offset)))
  (func (export "grow") (param $pages i32) (result i32) (memory.grow (local.get $pages)))

  ;; Adds the whole first page to stdin, `count` times.
  (func (export "add_pages_to_stdin") (param $count i32)
    (block $done
      (loop $more
        (br_if $done (i32.eqz (local.get $count)))
        (call $add_stdin (i32.const 0) (i32.const 65536))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $more))))

  ;; Adds an empty argument, `count` times.
  (func (export "add_empty_arguments") (param $count i32)
    (block $done
      (loop $more
        (br_if $done (i32.eqz (local.get $count)))
        (call $add_arg (i32.const 0) (i32.const 0))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $more)))))
