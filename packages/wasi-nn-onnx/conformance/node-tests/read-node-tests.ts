import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TensorType } from '@wasmedge-plugins/wasi-nn';

/** The variable that names the folder with the tests of ONNX, as `tools/setup/onnx/export_node_tests.py` writes them. */
export const nodeTestsVariable = 'WASMEDGE_PLUGINS_ONNX_NODE_TESTS';

/** A tensor of a test. */
export interface NodeTensor {
  readonly type: TensorType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** A test of one operator: a model, and what it computes. */
export interface NodeTest {
  readonly name: string;
  readonly model: Uint8Array;
  readonly inputs: readonly NodeTensor[];
  readonly outputs: readonly NodeTensor[];
  /** How far an element may be from the right one: `atol + rtol * |right|`. */
  readonly rtol: number;
  readonly atol: number;
}

/** All tests. */
export interface NodeTests {
  /** The version of the package onnx that they are of. The `ir_version` of their models is lowered to 13, the newest that ONNX Runtime 1.30 reads. */
  readonly version: string;
  readonly tests: readonly NodeTest[];
  /** How many were left out, by the type that WASI-NN lacks. */
  readonly leftOut: Readonly<Record<string, number>>;
}

type Place = readonly [offset: number, length: number];
type Written<Kind> = Omit<Kind, 'bytes'> & { readonly data: Place };
type WrittenTest = Omit<NodeTest, 'model' | 'inputs' | 'outputs'> & {
  readonly model: Place;
  readonly inputs: readonly Written<NodeTensor>[];
  readonly outputs: readonly Written<NodeTensor>[];
};

/** Reads the tests of a folder. */
export function readNodeTests(folder: string): NodeTests {
  const written = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as {
    readonly version: string;
    readonly cases: readonly WrittenTest[];
    readonly leftOut: Readonly<Record<string, number>>;
  };
  const data = readFileSync(join(folder, 'data.bin'));
  const bytesAt = ([offset, length]: Place) => Uint8Array.from(data.subarray(offset, offset + length));
  const tensor = ({ data: place, ...rest }: Written<NodeTensor>) => ({ ...rest, bytes: bytesAt(place) });
  const tests = written.cases.map(({ model, inputs, outputs, ...rest }) => ({
    ...rest,
    model: bytesAt(model),
    inputs: inputs.map(tensor),
    outputs: outputs.map(tensor),
  }));
  return { version: written.version, tests, leftOut: written.leftOut };
}
