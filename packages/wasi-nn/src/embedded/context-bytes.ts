import type { ExecutionContext, Graph, TensorInfo } from '../backend.js';
import { elementSize } from '../tensor-type.js';

/** What every context costs besides its tensors: objects of the backend and of this process. */
const overhead = 16 * 1024;

/** The most bytes of an element of any type that a backend has. */
const largestElement = 8;

/** Bytes that a new context of a graph takes, as far as the graph tells. */
export function contextBytes({ contextBytes: told, inputs = [], outputs = [] }: Graph): number {
  const tensors = [...inputs, ...outputs].reduce((total, info) => total + tensorBytes(info), 0);
  return overhead + Math.max(told ?? 0, tensors);
}

/** Bytes of results that a context holds and that could not be foreseen, because a shape is not fixed or not told. */
export function unforeseenOutputBytes({ outputs }: Graph, context: ExecutionContext): number {
  if (outputs?.every(hasFixedShape)) return 0;
  let total = 0;
  const count = countOutputs(context);
  for (let index = 0; index < count; index++) {
    if (outputs?.[index] === undefined || !hasFixedShape(outputs[index] as TensorInfo)) {
      total += outputBytes(context, index);
    }
  }
  return total;
}

function countOutputs(context: ExecutionContext): number {
  try {
    return context.outputCount;
  } catch {
    // Nobody can ask for what a failed computation does not tell.
    return 0;
  }
}

/** Bytes of an output, or of a piece of one. */
export function outputBytes(context: Pick<ExecutionContext, 'output'>, index: number): number {
  try {
    return context.output(index).data.byteLength;
  } catch {
    // One of a type that WASI-NN does not have: nobody can ask for it.
    return 0;
  }
}

function hasFixedShape({ shape }: TensorInfo): boolean {
  return shape?.every((length) => length >= 0) === true;
}

function tensorBytes(info: TensorInfo): number {
  if (!hasFixedShape(info)) return 0;
  const size = info.type === undefined ? largestElement : elementSize[info.type];
  return (info.shape ?? []).reduce((product, length) => product * length, size);
}
