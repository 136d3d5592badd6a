import { signature } from '@wasmedge-plugins/core';

/** The plug-in's WasmEdge name. */
export const processPluginName = 'wasmedge_process';

/** The wasm module that guests import the functions from. */
export const processModuleName = 'wasmedge_process';

/** Every function of the module, with the signature that guests see. The same from WasmEdge 0.11.0 to 0.17.1. */
export const processSignatures = {
  /** (pointer, length): adds bytes to the name of the program. */
  wasmedge_process_set_prog_name: signature(['i32', 'i32'], []),
  /** (pointer, length): adds one argument. */
  wasmedge_process_add_arg: signature(['i32', 'i32'], []),
  /** (name pointer, name length, value pointer, value length): adds a variable; an existing one keeps its value. */
  wasmedge_process_add_env: signature(['i32', 'i32', 'i32', 'i32'], []),
  /** (pointer, length): adds bytes to the command's stdin. */
  wasmedge_process_add_stdin: signature(['i32', 'i32'], []),
  /** (milliseconds): how long the next command may take. */
  wasmedge_process_set_timeout: signature(['i32'], []),
  /** Runs the command and waits for its end; returns its exit code. Name, arguments, variables, stdin and time-out are then reset. */
  wasmedge_process_run: signature([], ['i32']),
  /** The exit code of the last command; 0 before there was one. */
  wasmedge_process_get_exit_code: signature([], ['i32']),
  /** Number of bytes that the last command wrote to stdout. */
  wasmedge_process_get_stdout_len: signature([], ['i32']),
  /** (pointer): copies them to the guest. */
  wasmedge_process_get_stdout: signature(['i32'], []),
  /** Number of bytes that the last command wrote to stderr. */
  wasmedge_process_get_stderr_len: signature([], ['i32']),
  /** (pointer): copies them to the guest. */
  wasmedge_process_get_stderr: signature(['i32'], []),
} as const;

/** Milliseconds that a command may take when the guest sets no time-out. */
export const defaultTimeoutMs = 10_000;

/** The result of a command that was refused or could not be started; a guest sees 0xFFFFFFFF. */
export const notRunExitCode = -1;

/** The result of a command that was ended because its time was up. */
export const timeoutExitCode = 110;
