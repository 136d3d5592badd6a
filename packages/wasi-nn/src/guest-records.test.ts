import { createRuntime, InvalidArgumentError, MemoryRangeError } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { guestFile } from '../conformance/abi-suite.js';
import { sumPlugin } from './__fixtures__/sum-plugin.js';
import { NnError } from './errors.js';
import { buildersSpace, readTensor, tensorSpace, writeBuilders, writeTensor } from './guest-records.js';
import { tensor } from './tensor.js';

// Layouts: WasmEdge 0.14.1; a record is {dims pointer, dims count, type, data pointer, data length}, a builder {pointer, length}.
describe('a tensor for a guest', () => {
  const start = async () => {
    const runtime = await createRuntime({ plugins: [sumPlugin()] });
    const { memory } = runtime.instantiate(guestFile('raw-calls'));
    if (memory === undefined) throw new Error('the guest has no memory');
    return memory;
  };
  const made = tensor('f32', [2, 3], Float32Array.of(1, 2, 3, 4, 5, 6));

  it('is laid out as the guest would, and read again', async () => {
    const memory = await start();
    const space = { pointer: 64, length: tensorSpace(made) };
    expect(space.length).toBe(32 + 24);
    expect(writeTensor(memory, space, made, '0.14')).toBe(64);
    const record = [0, 4, 8, 12, 16].map((offset) => memory.readU32(64 + offset));
    expect(record).toEqual([84, 2, 1, 96, 24]);
    expect([memory.readU32(84), memory.readU32(88), memory.readF32(96), memory.readF32(116)]).toEqual([
      2, 3, 1, 6,
    ]);
    expect(readTensor(memory, 64)).toEqual(made);
  });

  it('has the number of its type in the numbering of the guest', async () => {
    const memory = await start();
    const bytes = tensor('u8', [3], Uint8Array.of(1, 2, 3));
    const space = { pointer: 0, length: 100 };
    expect(memory.readU32(writeTensor(memory, space, bytes, '0.14') + 8)).toBe(2);
    expect(memory.readU32(writeTensor(memory, space, bytes, '0.15') + 8)).toBe(3);
    expect(readTensor(memory, 0, '0.15')).toEqual(bytes);
    const signed = tensor('i8', [1], new Int8Array(1));
    expect(() => writeTensor(memory, space, signed, '0.15')).toThrow(/no number for the type i8/);
  });

  it('needs its space, inside the memory', async () => {
    const memory = await start();
    expect(() => writeTensor(memory, { pointer: 0, length: 55 }, made, '0.14')).toThrow(InvalidArgumentError);
    expect(() => writeTensor(memory, { pointer: 0, length: 55 }, made, '0.14')).toThrow(
      /needs 56 bytes.*has 55/,
    );
    const end = { pointer: memory.byteLength - 10, length: 1000 };
    expect(() => writeTensor(memory, end, made, '0.14')).toThrow(MemoryRangeError);
    expect(() => readTensor(memory, memory.byteLength - 19)).toThrow(NnError);
  });

  it('a model’s parts lie behind the array that names them', async () => {
    const memory = await start();
    const parts = [Uint8Array.of(1, 2, 3), new Uint8Array(), Uint8Array.of(4)];
    const space = { pointer: 8, length: buildersSpace(parts) };
    expect(space.length).toBe(28);
    expect(writeBuilders(memory, space, parts)).toBe(8);
    const numbers = [0, 4, 8, 12, 16, 20].map((offset) => memory.readU32(8 + offset));
    expect(numbers).toEqual([32, 3, 35, 0, 35, 1]);
    expect([...memory.read(32, 4)]).toEqual([1, 2, 3, 4]);
    expect(() => writeBuilders(memory, { pointer: 8, length: 27 }, parts)).toThrow(/needs 28 bytes.*has 27/);
  });
});
