;; Calls the process plug-in without having any memory.
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
  (import "wasmedge_process" "wasmedge_process_get_stderr" (func $get_stderr (param i32)))

  (func (export "set_prog_name") (call $set_prog_name (i32.const 0) (i32.const 0)))
  (func (export "add_arg") (call $add_arg (i32.const 0) (i32.const 0)))
  (func (export "add_env") (call $add_env (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)))
  (func (export "add_stdin") (call $add_stdin (i32.const 0) (i32.const 0)))
  (func (export "get_stdout") (call $get_stdout (i32.const 0)))
  (func (export "get_stderr") (call $get_stderr (i32.const 0)))

  ;; These need no memory. The answer is 1 when all of theirs are right: exit code 0, a refused run, exit code -1, no output.
  (func (export "without_memory") (result i32)
    (call $set_timeout (i32.const 1000))
    (i32.and
      (i32.and (i32.eqz (call $get_exit_code)) (i32.eq (call $run) (i32.const -1)))
      (i32.and (i32.eq (call $get_exit_code) (i32.const -1)) (i32.eqz (call $get_stdout_len))))))
