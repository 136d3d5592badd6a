import { type AsyncContext, type AsyncLoader, BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { ONNXConfig } from '../source.js';
import { WebGraph } from './graph.js';
import { OnnxRuntimeWeb } from './instance.js';

/** The one of the thread: its memory is bounded by what the first model of the thread may use. */
let instance: OnnxRuntimeWeb | undefined;

/** What the host's thread says. */
export interface WebOptions {
  /** The module of onnxruntime-web, if the process has compiled it already. */
  readonly compiled?: WebAssembly.Module | undefined;
}

/** onnxruntime-web in the thread that calls this. The parts of a model are its file, and then the files that it names, in its order. */
export function openOnnxRuntimeWeb(
  { compiled }: WebOptions,
  { maxBytes, tell }: AsyncContext,
): AsyncLoader<ONNXConfig> {
  const told = (module: WebAssembly.Module) => compiled === undefined && tell?.(module);
  return {
    async load({ parts, config }) {
      if ((config.providers ?? []).length > 0) {
        throw new BackendFailure(
          'unsupported_operation',
          "onnxruntime-web has no execution providers; runtime: 'native-library' has, with ONNX Runtime's library.",
        );
      }
      // One that has trapped is left to the garbage collector, with everything in it.
      if (instance === undefined || instance.broken)
        instance = new OnnxRuntimeWeb({ maxBytes, compiled }, told);
      return WebGraph.load(instance, parts, config);
    },
  };
}
