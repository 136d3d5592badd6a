import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { createRuntime, type EngineName, findWasmEdge } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { guestFile } from '../conformance/abi-suite.js';
import { sumPlugin } from './__fixtures__/sum-plugin.js';
import type { TensorNumbering } from './tensor-numbering.js';

const engines: EngineName[] = (await findWasmEdge().catch(() => undefined)) ? ['v8', 'wasmedge'] : ['v8'];
const echo = { text: new TextEncoder().encode('echo') };

// What the guests send, as IEEE 754 and two's complement have it, little-endian.
const sent: Readonly<Record<string, string>> = {
  f16: '003c00bc00000100',
  f32: hex(Float32Array.of(1.5, -2, 0, 3e38)),
  f64: hex(Float64Array.of(1.5, -2, 0, 1e300)),
  u8: '00017fff',
  i32: '00000000ffffffff00000080ffffff7f',
  i64: '0000000000000000ffffffffffffffff0000000000000080ffffffffffffff7f',
};
const old = ['f16', 'f32', 'u8', 'i32'];
const all = Object.keys(sent);

function hex({ buffer }: { buffer: ArrayBuffer }): string {
  return Buffer.from(buffer).toString('hex');
}

/** Lets a guest send a tensor of each type to a model that gives it back; returns what it read, by type. */
async function sendAll(
  engine: EngineName,
  guest: string,
  types: readonly string[],
  tensorNumbering?: TensorNumbering,
) {
  const models = Object.fromEntries(types.map((type) => [type, echo]));
  using runtime = await createRuntime({
    engine,
    plugins: [sumPlugin({ models, tensorNumbering })],
    wasi: { args: types.flatMap((type) => [type, type]), stdin: 'ignore', stdout: 'capture' },
  });
  expect(runtime.run(readFileSync(guestFile(guest)))).toBe(0);
  const lines = Buffer.from(runtime.stdout).toString().trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/=|: /, 2)));
}

const only = (types: readonly string[]) => Object.fromEntries(types.map((type) => [type, sent[type]]));

describe.each(engines)('tensors of the crate wasi-nn, on %s', (engine) => {
  it.each([undefined, 'auto', '0.14'] as const)(
    '0.5 arrive as they were sent, numbered %s',
    async (numbering) => {
      expect(await sendAll(engine, 'crate-0-5', old, numbering)).toEqual(only(old));
    },
  );

  it.each([undefined, 'auto', '0.15'] as const)(
    '0.6 arrive as they were sent, numbered %s',
    async (numbering) => {
      expect(await sendAll(engine, 'crate-0-6', all, numbering)).toEqual(only(all));
    },
  );

  it('are refused where the other numbering was chosen and the numbers differ', async () => {
    const wrong = { ...only(['f16', 'f32']), u8: 'Backend Error', i32: 'Backend Error' };
    expect(await sendAll(engine, 'crate-0-5', old, '0.15')).toEqual(wrong);
    expect(await sendAll(engine, 'crate-0-6', old, '0.14')).toEqual(wrong);
  });
});
