import type { Backend, ExecutionContext, Graph, OpenBackend, RawTensor, TensorInfo } from '../backend.js';
import { NnError } from '../errors.js';

/** What a test can see of {@link sumBackend}. */
export interface SumBackend extends Backend {
  /** Backends, graphs and contexts that are not disposed. */
  alive: number;
  /** The configuration that the last model was loaded with. */
  lastConfig: string | undefined;
  /** What its graphs say that a context takes. */
  contextBytes?: number;
  /** Whether they say that guests may share them. */
  isShareable?: boolean;
  /** Thrown when the next context is made. */
  failNext?: Error | undefined;
  /** How many models were loaded. */
  loads: number;
}

/**
 * A backend without a library: its model is the text `sum N`, which has N inputs of any shape and type f32, and one output, their sum. `throw` is
 * a model whose computation throws what no backend should; `echo` gives back its one input, of any type.
 */
export function sumBackend(options: { encoding?: number; named?: boolean } = {}): SumBackend {
  const { encoding = 3, named = true } = options;
  const backend: SumBackend = {
    contractVersion: 1,
    packageName: 'sum',
    name: `sum ${encoding}`,
    encoding,
    // The first as the native plug-in knows it.
    encodingNames: encoding === 3 ? ['pytorch', 'sum'] : ['sum'],
    alive: 0,
    loads: 0,
    lastConfig: undefined,
    open() {
      backend.alive++;
      return {
        load(builders, _target, config) {
          backend.loads++;
          const [text = ''] = builders.map((bytes) => new TextDecoder().decode(bytes));
          const count = /^(?:sum (\d)|throw)$/.exec(text)?.[1] ?? (text === 'throw' ? 1 : undefined);
          if (text === 'echo') {
            backend.alive++;
            return echoGraph(backend);
          }
          const configured = config === undefined || /^\{\s*\}$/.test(config);
          if (builders.length !== 1 || count === undefined || !configured) {
            throw new NnError('invalid_argument', 'no model');
          }
          backend.lastConfig = config;
          backend.alive++;
          return sumGraph(backend, Number(count), text === 'throw', named);
        },
        [Symbol.dispose]: () => backend.alive--,
      } as OpenBackend;
    },
  };
  return backend;
}

function echoGraph(backend: SumBackend): Graph {
  let input: RawTensor | undefined;
  return {
    inputs: undefined,
    outputs: undefined,
    createContext() {
      backend.alive++;
      return {
        onShortBuffer: 'error',
        outputCount: 1,
        setInput: (_index, tensor) => {
          input = { ...tensor, data: tensor.data.slice() };
        },
        compute() {},
        computeAsync: async () => {},
        output: () => input,
        [Symbol.dispose]: () => backend.alive--,
      } as ExecutionContext;
    },
    [Symbol.dispose]: () => backend.alive--,
  } as Graph;
}

function sumGraph(backend: SumBackend, count: number, throws: boolean, named: boolean): Graph {
  const info = (name: string): TensorInfo => ({ name, type: 'f32', shape: [-1] });
  return {
    inputs: named ? Array.from({ length: count }, (_, index) => info(`x${index}`)) : undefined,
    outputs: named ? [info('sum')] : undefined,
    contextBytes: backend.contextBytes,
    isShareable: backend.isShareable,
    createContext() {
      const { failNext } = backend;
      backend.failNext = undefined;
      if (failNext !== undefined) throw failNext;
      backend.alive++;
      return sumContext(backend, count, throws);
    },
    [Symbol.dispose]: () => backend.alive--,
  } as Graph;
}

function sumContext(backend: SumBackend, count: number, throws: boolean): ExecutionContext {
  const inputs: Float32Array[] = [];
  let output: RawTensor | undefined;
  const compute = () => {
    if (throws) throw new TypeError('a mistake of the backend');
    const [first] = inputs;
    if (first === undefined || inputs.length < count)
      throw new NnError('runtime_error', 'an input is missing');
    const sum = first.map((_, index) => inputs.reduce((total, input) => total + (input[index] ?? 0), 0));
    output = { type: 'f32', shape: [sum.length], data: new Uint8Array(sum.buffer) };
  };
  return {
    onShortBuffer: 'error',
    outputCount: 1,
    setInput(index, { type, data }) {
      if (index >= count || type !== 'f32') throw new NnError('invalid_argument', 'no such input');
      inputs[index] = new Float32Array(Uint8Array.from(data).buffer);
    },
    compute,
    computeAsync: async () => compute(),
    output(index) {
      if (index !== 0) throw new NnError('invalid_argument', 'no such output');
      if (output === undefined) throw new NnError('runtime_error', 'nothing was computed');
      return output;
    },
    [Symbol.dispose]: () => backend.alive--,
  } as ExecutionContext;
}
