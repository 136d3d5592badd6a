import { createPool, signature } from '@wasmedge-plugins/core';
import { guestFile } from '@wasmedge-plugins/wasi-nn/conformance';
import { expect, it } from 'vitest';
import { modelUrl } from '../conformance/models.js';
import { tflite } from './plugin.js';

const exports = {
  load_by_name: signature(['i32', 'i32', 'i32'], ['i32']),
  init_execution_context: signature(['i32', 'i32'], ['i32']),
};
// What the memory of a fresh instance has everywhere.
const zero = '\0';

it('a call in a pool has no graph that the call before it left, and room for its own', async () => {
  await using pool = createPool({
    size: 1,
    guest: guestFile('raw-calls'),
    exports,
    plugins: [tflite({ runtime: 'litert', models: { [zero]: { file: modelUrl('add') } }, maxGraphs: 1 })],
  });
  for (let round = 0; round < 5; round++) {
    expect(await pool.call('load_by_name', [0, 1, 16])).toBe(0);
    expect(await pool.call('init_execution_context', [0, 16])).toBe(1);
  }
});
