import { formatSignature, readOptions } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { processSignatures } from './abi.js';
import { processHostModule } from './embedded/host-functions.js';
import { ProcessSession } from './embedded/process-session.js';
import { commandOptions } from './options.js';

// As WasmEdge's C API lists them for the plug-in of 0.14.1.
const listed = {
  wasmedge_process_add_arg: '(i32 i32) -> ()',
  wasmedge_process_add_env: '(i32 i32 i32 i32) -> ()',
  wasmedge_process_add_stdin: '(i32 i32) -> ()',
  wasmedge_process_get_exit_code: '() -> (i32)',
  wasmedge_process_get_stderr: '(i32) -> ()',
  wasmedge_process_get_stderr_len: '() -> (i32)',
  wasmedge_process_get_stdout: '(i32) -> ()',
  wasmedge_process_get_stdout_len: '() -> (i32)',
  wasmedge_process_run: '() -> (i32)',
  wasmedge_process_set_prog_name: '(i32 i32) -> ()',
  wasmedge_process_set_timeout: '(i32) -> ()',
};

it('has the functions and signatures of the released plug-in', () => {
  const formatted = Object.entries(processSignatures).map(([name, signature]) => [
    name,
    formatSignature(signature),
  ]);
  expect(Object.fromEntries(formatted)).toEqual(listed);
});

it('provides a function of each signature', () => {
  const { name, functions } = processHostModule(
    () => new ProcessSession(readOptions('test()', commandOptions, {}), { call: () => expect.unreachable() }),
  );
  expect(name).toBe('wasmedge_process');
  const formatted = Object.entries(functions).map(([key, target]) => [key, formatSignature(target)]);
  expect(Object.fromEntries(formatted)).toEqual(listed);
});
