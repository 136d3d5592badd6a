import { readFileSync } from 'node:fs';
import { type Tensor, type TensorType, tensorFromBytes } from '@wasmedge-plugins/wasi-nn';

interface Recorded {
  readonly name?: string;
  readonly type: TensorType;
  readonly shape: readonly number[];
  readonly hex: string;
}

/** What Python's torch answers to one list of inputs. */
export interface Answer {
  readonly inputs: readonly Tensor[];
  /** The outputs as f32. */
  readonly f32: readonly Tensor[];
  /** The outputs in their own element types, with their names. */
  readonly own: readonly (Tensor & { readonly name: string })[];
}

// From the source, and from the built file in `dist`.
const models = new URL(
  import.meta.url.endsWith('.ts') ? './models/' : '../conformance/models/',
  import.meta.url,
);

/** The file of a model of `tools/models/pytorch-arithmetic.py`. */
export function modelUrl(name: string): URL {
  return new URL(`${name}.pt`, models);
}

/** The bytes of a model. */
export function modelBytes(name: string): Uint8Array {
  return readFileSync(modelUrl(name));
}

const recorded = JSON.parse(readFileSync(new URL('answers.json', models), 'utf8')) as {
  readonly madeBy: string;
  readonly answers: Readonly<Record<string, readonly Record<keyof Answer, readonly Recorded[]>[]>>;
};

/** The program that gave the answers. */
export const answersSource = `${recorded.madeBy}: tools/models/pytorch-arithmetic.py`;

/** The models that have answers. */
export const answeredModels: readonly string[] = Object.keys(recorded.answers);

/** All answers of a model. */
export function answersOf(name: string): readonly Answer[] {
  return (recorded.answers[name] ?? []).map(({ inputs, f32, own }) => ({
    inputs: inputs.map(toTensor),
    f32: f32.map(toTensor),
    own: own.map((output) => ({ ...toTensor(output), name: output.name as string })),
  }));
}

function toTensor({ type, shape, hex }: Recorded): Tensor {
  return tensorFromBytes(type, shape, Buffer.from(hex, 'hex'));
}
