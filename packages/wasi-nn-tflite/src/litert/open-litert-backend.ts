import { type BackendContext, NnError, type OpenBackend } from '@wasmedge-plugins/wasi-nn';
import { checkLoad } from '../check-load.js';
import { readConfig } from '../read-config.js';
import { LiteRtGraph } from './graph.js';
import { LiteRtHelper } from './helper.js';

/** LiteRT.js in one runtime. */
export function openLiteRtBackend({ blocking, logger, maxBytes }: BackendContext): OpenBackend {
  const helper = new LiteRtHelper(blocking, maxBytes);
  logger('info', 'TensorFlow Lite models run on LiteRT.js');
  const graphs = new Set<LiteRtGraph>();
  return {
    load(builders, target, configText, origin) {
      const bytes = checkLoad(builders, target);
      const { resize } = readConfig(configText, origin.config);
      if (resize) {
        throw new NnError(
          'unsupported_operation',
          "LiteRT.js cannot resize inputs; runtime: 'native-library' can, with TensorFlow Lite's C library.",
        );
      }
      const graph = new LiteRtGraph(helper, bytes, () => graphs.delete(graph));
      graphs.add(graph);
      return graph;
    },
    [Symbol.dispose]() {
      for (const graph of [...graphs]) graph[Symbol.dispose]();
    },
  };
}
