import { readFileSync } from 'node:fs';
import { type Tensor, type TensorType, tensorFromBytes } from '@wasmedge-plugins/wasi-nn';

interface RecordedTensor {
  readonly type: TensorType | 'i16' | 'u16' | 'u32' | 'u64';
  readonly shape: readonly number[];
  readonly hex: string;
}

/** Inputs of a model, and what another interpreter computed of them. */
export interface Answer {
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

// From the source, and from the built file in `dist`.
const folder = new URL(
  import.meta.url.endsWith('.ts') ? './models/' : '../conformance/models/',
  import.meta.url,
);

/** The file of a model of `tools/models/onnx_models.py`. */
export function modelUrl(name: string): URL {
  return new URL(`${name}.onnx`, folder);
}

/** Models with a tensor in a file of the working directory, written so that readers which differ from Protocol Buffers overlook it. */
export const disguisedModels = [
  'disguised-default',
  'disguised-entries',
  'disguised-field',
  'disguised-merge',
  'disguised-merge-back',
  'disguised-number',
] as const;

/** A file that is not a model. */
export const noModelUrl = new URL('answers.json', folder);

/** The bytes of a model. */
export function modelBytes(name: string): Uint8Array {
  return readFileSync(modelUrl(name));
}

const recorded = JSON.parse(readFileSync(new URL('answers.json', folder), 'utf8')) as {
  readonly madeBy: string;
  readonly answers: Readonly<Record<string, readonly Record<keyof Answer, readonly RecordedTensor[]>[]>>;
};

/** The program that gave the answers. */
export const answersSource = `${recorded.madeBy}, recorded by tools/models/onnx_models.py`;

/** The models that have answers in element types that WASI-NN has. */
export const answeredModels: readonly string[] = Object.keys(recorded.answers).filter(
  (name) => !/^echo-(i16|u16|u32|u64)$/.test(name),
);

/** All answers of a model. */
export function answersOf(name: string): readonly Answer[] {
  return (recorded.answers[name] ?? []).map(({ inputs, outputs }) => ({
    inputs: inputs.map(toTensor),
    outputs: outputs.map(toTensor),
  }));
}

function toTensor({ type, shape, hex }: RecordedTensor): Tensor {
  return tensorFromBytes(type as TensorType, shape, Uint8Array.from(Buffer.from(hex, 'hex')));
}
