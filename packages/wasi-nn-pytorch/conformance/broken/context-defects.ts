import { type ExecutionContext, elementSize, NnError, type RawTensor } from '@wasmedge-plugins/wasi-nn';

/** Changes what an execution context does. */
type Change = (right: ExecutionContext) => Partial<ExecutionContext>;

/** Defects that show in what a context computes and gives. */
export const contextDefects: Readonly<Record<string, Change>> = {
  'outputs-accumulate': (right) => {
    const kept: RawTensor[] = [];
    return {
      compute() {
        right.compute();
        for (let index = 0; index < right.outputCount; index++) {
          const output = right.output(index);
          kept.push({ ...output, data: output.data.slice() });
        }
      },
      output(index) {
        const output = kept[index];
        if (output === undefined) throw new NnError('invalid_argument', 'There is no such output.');
        return output;
      },
    };
  },
  'storage-order': (right) => ({ output: (index) => reverseOrder(right.output(index)) }),
  // The host would be gone; another code stands for that.
  'exception-errno': (right) => ({
    compute() {
      try {
        right.compute();
      } catch (error) {
        const isException = NnError.isInstance(error) && error.errnoName === 'runtime_error';
        throw isException ? new NnError('busy', error.message) : error;
      }
    },
  }),
};

/** A context with one change. */
export function defectiveContext(right: ExecutionContext, change: Change): ExecutionContext {
  return {
    onShortBuffer: right.onShortBuffer,
    get outputCount() {
      return right.outputCount;
    },
    setInput: (index, tensor) => right.setInput(index, tensor),
    compute: () => right.compute(),
    computeAsync: () => right.computeAsync(),
    output: (index) => right.output(index),
    [Symbol.dispose]: () => right[Symbol.dispose](),
    ...change(right),
  };
}

/** The elements with the last axis outermost, which is how a transposed tensor lies in storage. */
function reverseOrder(tensor: RawTensor): RawTensor {
  const { type, shape, data } = tensor;
  const size = elementSize[type];
  const reversed = new Uint8Array(data.byteLength);
  const count = data.byteLength / size;
  for (let element = 0; element < count; element++) {
    let rest = element;
    let target = 0;
    let stride = count;
    for (const length of [...shape].reverse()) {
      stride /= length;
      target += (rest % length) * stride;
      rest = Math.floor(rest / length);
    }
    reversed.set(data.subarray(element * size, (element + 1) * size), target * size);
  }
  return { type, shape, data: reversed };
}
