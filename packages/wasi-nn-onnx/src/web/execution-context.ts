import type { RawTensor, TensorInfo, TensorType } from '@wasmedge-plugins/wasi-nn';
import { type AsyncExecutionContext, BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import type { OnnxRuntimeWeb } from './instance.js';
import { nameOf, typeNamed } from './type-names.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** Elements of each type as ONNX Runtime takes them in JavaScript; it takes those of f16 in any array of their size. */
const arrays = {
  f16: Uint16Array,
  f32: Float32Array,
  f64: Float64Array,
  u8: Uint8Array,
  i8: Int8Array,
  i32: Int32Array,
  i64: BigInt64Array,
  bool: Uint8Array,
} as const satisfies Readonly<Record<TensorType, unknown>>;

/** What is wrong is in the error, and is not written to stderr as well. */
const onlyFatal = 4;

/** A context in the sandbox. */
export class WebContext implements AsyncExecutionContext {
  readonly outputCount: number;
  readonly #instance: OnnxRuntimeWeb;
  readonly #session: InferenceSession;
  readonly #infos: readonly TensorInfo[];
  readonly #outputNames: readonly string[];
  readonly #freed: () => Promise<void>;
  /** By the names of inputs; an object without a prototype takes every name. */
  #feeds: Record<string, Tensor> = Object.create(null);
  #outputs: readonly RawTensor[] = [];

  constructor(
    instance: OnnxRuntimeWeb,
    session: InferenceSession,
    { inputs, outputs }: { readonly inputs: readonly TensorInfo[]; readonly outputs: readonly TensorInfo[] },
    freed: () => Promise<void>,
  ) {
    this.#instance = instance;
    this.#session = session;
    this.#infos = inputs;
    this.#outputNames = outputs.map(({ name }) => name);
    this.outputCount = outputs.length;
    this.#freed = freed;
  }

  setInput(index: number, { type, shape, data }: RawTensor): void {
    const info = this.#infos[index] as TensorInfo;
    this.#feeds[info.name] = makeTensor(this.#instance.ort.Tensor, info.type ?? type, shape, data as Bytes);
  }

  async compute(): Promise<void> {
    this.#outputs = [];
    this.#outputs = await this.#instance.guard('runtime_error', 'compute', async () => {
      const results = await this.#session.run(this.#feeds, { logSeverityLevel: onlyFatal });
      return this.#outputNames.map((name) => readTensor(results[name] as Tensor));
    });
  }

  output(index: number): RawTensor {
    const output = this.#outputs[index];
    if (output === undefined) throw new BackendFailure('runtime_error', 'Nothing has been computed yet.');
    return output;
  }

  free(): Promise<void> {
    this.#feeds = Object.create(null);
    return this.#freed();
  }
}

function makeTensor(tensor: typeof Tensor, type: TensorType, shape: readonly number[], data: Bytes): Tensor {
  const array = arrays[type];
  const { buffer, byteOffset, byteLength } = data;
  const isAligned = byteOffset % array.BYTES_PER_ELEMENT === 0;
  const elements = isAligned
    ? new array(buffer, byteOffset, byteLength / array.BYTES_PER_ELEMENT)
    : new array(data.slice().buffer);
  return new tensor(nameOf(type), elements as never, shape);
}

/** A tensor that was computed; one of a type that WASI-NN does not have comes as its bytes. */
function readTensor({ type: name, dims, data }: Tensor): RawTensor {
  const { buffer, byteOffset, byteLength } = data as Exclude<Tensor['data'], string[]>;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const type = typeNamed(name);
  return type === undefined
    ? { type: 'u8', shape: [byteLength], data: bytes }
    : { type, shape: dims, data: bytes };
}
