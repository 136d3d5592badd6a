import type { GgufTensor } from './gguf-reader.js';

/** How many elements a block of a type has, and how many bytes it takes, by the type's number in GGML. */
const blocks: Readonly<Record<number, readonly [elements: number, bytes: number]>> = {
  0: [1, 4],
  1: [1, 2],
  2: [32, 18],
  3: [32, 20],
  6: [32, 22],
  7: [32, 24],
  8: [32, 34],
  10: [256, 84],
  11: [256, 110],
  12: [256, 144],
  13: [256, 176],
  14: [256, 210],
  15: [256, 292],
  16: [256, 66],
  17: [256, 74],
  18: [256, 98],
  19: [256, 50],
  20: [32, 18],
  21: [256, 110],
  22: [256, 82],
  23: [256, 136],
  24: [1, 1],
  25: [1, 2],
  26: [1, 4],
  27: [1, 8],
  28: [1, 8],
  29: [256, 56],
  30: [1, 2],
  34: [256, 54],
  35: [256, 66],
  39: [32, 17],
  40: [64, 36],
  41: [128, 18],
};

/** How many bytes the data of a tensor take; 0 for a type that is not known. */
export function tensorBytes({ shape, type }: Pick<GgufTensor, 'shape' | 'type'>): number {
  const [elements, bytes] = blocks[type] ?? [1, 0];
  return (shape.reduce((product, length) => product * length, 1) / elements) * bytes;
}
