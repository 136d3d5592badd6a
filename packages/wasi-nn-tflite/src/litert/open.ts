import { type AsyncContext, type AsyncLoader, BackendFailure } from '@wasmedge-plugins/wasi-nn/kit/async';
import type { TFLiteConfig } from '../source.js';
import { LiteRtGraph } from './graph.js';
import { LiteRtInstance } from './instance.js';

/** The one of the thread: its memory is bounded by what the first model of the thread may use. */
let instance: LiteRtInstance | undefined;

/** LiteRT.js in the thread that calls this. */
export function openLiteRt(_options: undefined, { maxBytes }: AsyncContext): AsyncLoader<TFLiteConfig> {
  return {
    async load({ parts, config }) {
      if (config.resize) {
        throw new BackendFailure(
          'unsupported_operation',
          "LiteRT.js cannot resize inputs; runtime: 'native-library' can, with TensorFlow Lite's C library.",
        );
      }
      // One that has trapped is left to the garbage collector, with everything in it.
      if (instance === undefined || instance.broken) instance = await LiteRtInstance.create(maxBytes);
      return LiteRtGraph.load(instance, parts[0] as Uint8Array);
    },
  };
}
