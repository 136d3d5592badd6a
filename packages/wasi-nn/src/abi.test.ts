import { formatSignature } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { nnSignatures } from './abi.js';
import { nnHostModule } from './embedded/host-functions.js';

// As WasmEdge's C API lists them for the plug-in of 0.14.1.
const listed = {
  compute: '(i32) -> (i32)',
  compute_single: '(i32) -> (i32)',
  fini_single: '(i32) -> (i32)',
  get_output: '(i32 i32 i32 i32 i32) -> (i32)',
  get_output_single: '(i32 i32 i32 i32 i32) -> (i32)',
  init_execution_context: '(i32 i32) -> (i32)',
  load: '(i32 i32 i32 i32 i32) -> (i32)',
  load_by_name: '(i32 i32 i32) -> (i32)',
  load_by_name_with_config: '(i32 i32 i32 i32 i32) -> (i32)',
  set_input: '(i32 i32 i32) -> (i32)',
  unload: '(i32) -> (i32)',
};

// The function that 0.15.0 added.
const added = { finalize_execution_context: '(i32) -> (i32)' };

it('has the functions and signatures of the released plug-in', () => {
  const formatted = Object.entries(nnSignatures).map(([name, signature]) => [
    name,
    formatSignature(signature),
  ]);
  expect(Object.fromEntries(formatted)).toEqual({ ...listed, ...added });
});

it('provides a function of each signature', () => {
  const { name, functions } = nnHostModule(
    () => expect.unreachable(),
    'auto',
    () => {},
  );
  expect(name).toBe('wasi_ephemeral_nn');
  const formatted = Object.entries(functions).map(([key, target]) => [key, formatSignature(target)]);
  expect(Object.fromEntries(formatted)).toEqual({ ...listed, ...added });
});
