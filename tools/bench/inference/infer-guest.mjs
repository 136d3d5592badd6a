// @ts-check
import { signature } from '@wasmedge-plugins/core';
import { sumOf } from '../measures/instantiation.mjs';
import { timed } from '../rounds.mjs';

/** 1 MiB of numbers that are exact in f32; the programs of the baselines make the same. */
export const pattern = Float32Array.from({ length: 262_144 }, (_, index) => ((index * 7) % 256) / 256);

/** Where infer.wat has what. */
const place = { record: 64, dimensions: 256, name: 1024, data: 65_536, output: 2_097_152 };

const guestExports = {
  open: signature(['i32'], ['i32']),
  set: signature(['i32', 'i32'], []),
  infer: signature(['i32', 'i32', 'i32'], ['i32']),
};

/**
 * A guest for a model, with its inputs laid out: each the beginning of the pattern.
 * @param {import('@wasmedge-plugins/core').Runtime} runtime
 * @param {string} guest the file of infer.wat
 * @param {{ model: string, shape: number[], inputs: number }} what
 */
export function openInferGuest(runtime, guest, { model, shape, inputs }) {
  const { exports, memory } = runtime.instantiate(guest, { exports: guestExports });
  if (memory === undefined) throw new Error('The guest infer.wat has no memory.');
  const floats = shape.reduce((product, length) => product * length);
  memory.write(place.data, new Uint8Array(pattern.buffer, 0, floats * 4));
  shape.forEach((length, index) => {
    memory.writeU32(place.dimensions + index * 4, length);
  });
  for (let index = 0; index < inputs; index++) {
    const record = [place.dimensions, shape.length, 1, place.data, floats * 4];
    record.forEach((value, field) => {
      memory.writeU32(place.record + index * 20 + field * 4, value);
    });
  }
  const context = exports.open(memory.writeString(place.name, model));
  const answer = (/** @type {number} */ length) => memory.borrow(place.output, length, sumOf);
  const infer = (/** @type {number} */ count) => {
    let length = 0;
    const { nanoseconds } = timed(() => {
      length = exports.infer(context, inputs, count);
      return length;
    });
    return { nanoseconds, answer: answer(length) };
  };
  return { exports, context, infer };
}
