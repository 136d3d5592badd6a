import { NativeArea } from '@wasmedge-plugins/core/native';
import type { TensorInfo } from '@wasmedge-plugins/wasi-nn';
import { onnxTypes } from '../library/element-types.js';
import type { OnnxRuntimeLibrary } from '../library/onnx-runtime-library.js';
import type { OnnxRuntimeFunctions } from '../library/prototypes.js';

/** The inputs or outputs of a session, with the addresses of their names, which the library has allocated. */
export interface Ports {
  readonly infos: readonly TensorInfo[];
  readonly names: readonly number[];
}

/** Functions that tell of inputs, or of outputs. */
type PortFunctions = readonly [
  count: OnnxRuntimeFunctions['inputCount'],
  name: OnnxRuntimeFunctions['inputName'],
  type: OnnxRuntimeFunctions['inputType'],
];

/** @param shapeless names of those whose file does not say how many dimensions they have: the library says that there are none. */
export function readPorts(
  library: OnnxRuntimeLibrary,
  session: number,
  [count, name, type]: PortFunctions,
  shapeless: ReadonlySet<string>,
): Ports {
  const { c, out, allocator } = library;
  const what = 'describe the model';
  const names: number[] = [];
  const infos: TensorInfo[] = [];
  const ports = library.take(count(session, out.address), what);
  for (let index = 0; index < ports; index++) {
    const address = library.take(name(session, index, allocator, out.address), what);
    names.push(address);
    const typeInfo = library.take(type(session, index, out.address), what);
    try {
      // It belongs to the other.
      const tensorInfo = library.take(c.tensorInfoOf(typeInfo, out.address), what);
      const text = library.readText(address);
      const described = tensorInfo === 0 ? undefined : readTensorInfo(library, tensorInfo);
      const shape = shapeless.has(text) ? undefined : described?.shape;
      infos.push({ name: text, type: described?.type, shape });
    } finally {
      c.freeTypeInfo(typeInfo);
    }
  }
  return { infos, names };
}

/** Type and shape at an address of the library; -1 is a dimension that is not fixed. */
export function readTensorInfo(
  library: OnnxRuntimeLibrary,
  info: number,
): Pick<TensorInfo, 'type'> & { readonly number: number; readonly shape: readonly number[] } {
  const { c, out } = library;
  const what = 'describe a tensor';
  library.check(c.elementType(info, out.address), what);
  const number = out.i32[0] as number;
  const rank = library.take(c.rank(info, out.address), what);
  using dimensions = new NativeArea(rank * 8);
  library.check(c.dimensions(info, dimensions.address, rank), what);
  return {
    type: onnxTypes.typeOf(number),
    number,
    shape: Array.from(dimensions.i64.subarray(0, rank), Number),
  };
}
