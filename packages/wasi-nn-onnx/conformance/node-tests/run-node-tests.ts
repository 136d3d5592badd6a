import { createRuntime, type DeclaredExports, type GuestMemory, signature } from '@wasmedge-plugins/core';
import { nnSignatures } from '@wasmedge-plugins/wasi-nn';
import { guestFile } from '@wasmedge-plugins/wasi-nn/conformance';
import { onnx } from '../../src/plugin.js';
import type { ONNXRuntime } from '../../src/runtime.js';
import { differenceOf } from './compare-tensor.js';
import type { NodeTensor, NodeTest } from './read-node-tests.js';

/** The numbers that guests have for element types since 0.15; bool and i8 go as bytes. */
const numbers: Readonly<Record<NodeTensor['type'], number>> = {
  f16: 0,
  f32: 1,
  f64: 2,
  u8: 3,
  i32: 4,
  i64: 5,
  bool: 3,
  i8: 3,
};

const place = { result: 16, record: 64, builders: 128, dimensions: 256, data: 65_536 };
const pageBytes = 65_536;

/** ONNX. */
const encoding = 1;

/**
 * Runs tests in a guest, which loads each model from its own bytes.
 *
 * @returns why each test failed that did, by its name.
 */
export async function runNodeTests(
  tests: readonly NodeTest[],
  runtime: ONNXRuntime,
): Promise<Readonly<Record<string, string>>> {
  const plugin = onnx({ runtime, guestModels: 'allow', tensorNumbering: '0.15' });
  const messages: string[] = [];
  using instance = await createRuntime({
    engine: 'v8',
    plugins: [plugin],
    logger: (_level, message) => messages.push(message),
  });
  const { exports, memory } = instance.instantiate(guestFile('raw-calls'), {
    exports: signaturesOfGuest,
  });
  if (memory === undefined) throw new Error('The guest has no memory.');
  const largest = Math.max(...tests.map(bytesOf));
  exports.grow(Math.ceil((place.data + largest) / pageBytes));
  const failed: Record<string, string> = {};
  for (const test of tests) {
    messages.length = 0;
    const problem = run(test, exports, memory);
    if (problem !== undefined)
      failed[test.name] = [problem, reasonIn(messages.at(-1))].filter(Boolean).join(': ');
  }
  return failed;
}

const { load, init_execution_context, set_input, compute, get_output, unload } = nnSignatures;
const signaturesOfGuest = {
  ...{ load, init_execution_context, set_input, compute, get_output, unload },
  grow: signature(['i32'], ['i32']),
} as const;

type Exports = DeclaredExports<typeof signaturesOfGuest>;

/** Why a test failed; `undefined` when it passed. */
function run(test: NodeTest, exports: Exports, memory: GuestMemory): string | undefined {
  const { result, builders, data } = place;
  memory.write(data, test.model);
  memory.writeU32(builders, data);
  memory.writeU32(builders + 4, test.model.length);
  const loaded = exports.load(builders, 1, encoding, 0, result);
  if (loaded !== 0) return `load gave ${loaded}`;
  const graph = memory.readU32(result);
  try {
    const made = exports.init_execution_context(graph, result);
    if (made !== 0) return `init_execution_context gave ${made}`;
    return compare(test, memory.readU32(result), exports, memory);
  } finally {
    exports.unload(graph);
  }
}

function compare(test: NodeTest, context: number, exports: Exports, memory: GuestMemory): string | undefined {
  const { result, data } = place;
  for (const [index, input] of test.inputs.entries()) {
    const set = exports.set_input(context, index, store(input, memory));
    if (set !== 0) return `set_input ${index} gave ${set}`;
  }
  const computed = exports.compute(context);
  if (computed !== 0) return `compute gave ${computed}`;
  for (const [index, output] of test.outputs.entries()) {
    const given = exports.get_output(context, index, data, memory.byteLength - data, result);
    if (given !== 0) return `get_output ${index} gave ${given}`;
    const difference = differenceOf(memory.read(data, memory.readU32(result)), output, test);
    if (difference !== undefined) return `output ${index} has ${difference}`;
  }
  return undefined;
}

/** The pointer to the record of a tensor. */
function store({ type, shape, bytes }: NodeTensor, memory: GuestMemory): number {
  const { record, dimensions, data } = place;
  for (const [index, length] of shape.entries()) memory.writeU32(dimensions + index * 4, length);
  memory.write(data, bytes);
  const fields = [dimensions, shape.length, numbers[type], data, bytes.length];
  for (const [index, field] of fields.entries()) memory.writeU32(record + index * 4, field);
  return record;
}

function bytesOf({ model, inputs, outputs }: NodeTest): number {
  return Math.max(model.length, ...[...inputs, ...outputs].map(({ bytes }) => bytes.length));
}

/** What ONNX Runtime says of a failure, without the place in its sources that stands before it. */
function reasonIn(message = ''): string {
  const [line = ''] = message.replace(/^WASI-NN: /, '').split('\n');
  const text = line.replace(/^.*(?:ERROR_MESSAGE|could not [a-z ]+): /, '').replace(/^.*, Error /, '');
  return text.replace(/^.*\.(?:cc|h):\d+ .*\)(?: const)? /, '').slice(0, 200);
}
