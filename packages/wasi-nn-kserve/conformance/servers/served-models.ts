import type { DataType } from '../../src/protocol/data-type.js';

/** An input or output of a model of the test servers; -1 stands for any length. */
export type ServedTensor = readonly [name: string, dataType: DataType, shape: readonly number[]];

/** A model that the test servers can serve; `models/compute.py` has its program. */
export interface ServedModel {
  readonly program: string;
  readonly inputs: readonly ServedTensor[];
  readonly outputs: readonly ServedTensor[];
  /** How many processes of Triton compute it. Default: 1. */
  readonly instances?: number;
  /** How many requests of Triton wait at most; it also gives the model batches of one. Default: any number. */
  readonly maxQueued?: number;
}

const everyType: readonly DataType[] = [
  ...(['BOOL', 'UINT8', 'UINT16', 'UINT32', 'UINT64', 'INT8', 'INT16', 'INT32', 'INT64'] as const),
  ...(['FP16', 'BF16', 'FP32', 'FP64', 'BYTES'] as const),
];

const adding = (shape: readonly number[]): Omit<ServedModel, 'program'> => ({
  inputs: [
    ['a', 'FP32', shape],
    ['b', 'FP32', shape],
  ],
  outputs: [['sum', 'FP32', shape]],
});

const echoing = (dataType: DataType): ServedModel => ({
  program: 'echo',
  inputs: [['x', dataType, [4]]],
  outputs: [['y', dataType, [4]]],
});

const waiting = {
  program: 'slow',
  inputs: [['ms', 'INT32', [1]]],
  outputs: [
    ['begun', 'INT64', [1]],
    ['cancelled', 'INT64', [1]],
  ],
} as const;

/** All models of the test servers, by name. */
export const servedModels = {
  /** Adds two tensors of six numbers, as the model of every backend's suite does. */
  add: { program: 'add', ...adding([2, 3]) },
  /** Adds two pairs of numbers: the smallest call. */
  pair: { program: 'add', ...adding([2]) },
  /** Adds tensors of any length. */
  any: { program: 'add', ...adding([-1]) },
  /** Gives back pictures, of 602,112 bytes each. */
  identity: {
    program: 'echo',
    inputs: [['x', 'FP32', [-1, 3, 224, 224]]],
    outputs: [['y', 'FP32', [-1, 3, 224, 224]]],
  },
  /** Tells drawn shapes apart: the network of the example, with its answers. */
  shapes: {
    program: 'shapes',
    inputs: [['image', 'FP32', [1, 3, 32, 32]]],
    outputs: [['scores', 'FP32', [1, 5]]],
  },
  /** The same, for pictures pixel by pixel. */
  'shapes-channels-last': {
    program: 'shapes-channels-last',
    inputs: [['image', 'FP32', [1, 32, 32, 3]]],
    outputs: [['scores', 'FP32', [1, 5]]],
  },
  /** Gives back an input of each element type: `in_FP32` as `out_FP32`. */
  types: {
    program: 'echo',
    inputs: everyType.map((type) => [`in_${type}`, type, [-1]] as const),
    outputs: everyType.map((type) => [`out_${type}`, type, [-1]] as const),
  },
  'echo-f16': echoing('FP16'),
  'echo-f32': echoing('FP32'),
  'echo-f64': echoing('FP64'),
  'echo-u8': echoing('UINT8'),
  'echo-i32': echoing('INT32'),
  'echo-i64': echoing('INT64'),
  /** Takes as many milliseconds as its input says, four at a time; tells how often it has begun and been cancelled, which -1 only asks. */
  slow: { ...waiting, instances: 4 },
  /** The same, one at a time, where one more may wait. Triton puts the batch in front of its shapes: [1, 1]. */
  busy: { ...waiting, maxQueued: 1 },
  /** Always fails. */
  fail: { program: 'fail', ...adding([2]) },
  /** Adds, but is ready only when the server is told to release it. */
  late: { program: 'late', ...adding([2]) },
} satisfies Readonly<Record<string, ServedModel>>;

/** The name of a model of the test servers. */
export type ServedModelName = keyof typeof servedModels;
