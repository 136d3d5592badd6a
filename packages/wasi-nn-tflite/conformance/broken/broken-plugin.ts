import type { ProviderSetup } from '@wasmedge-plugins/conformance';
import type { Plugin } from '@wasmedge-plugins/core';
import { type Defect, pluginWithDefect } from '@wasmedge-plugins/wasi-nn/conformance';
import { suiteFor } from '../suite.js';

/** Defects, each as a change of some functions; the first two are of WasmEdge's plug-in. */
const defects: Readonly<Record<string, Defect>> = {
  '17th graph': (right) => {
    let loaded = 0;
    return {
      load(caller, ...args) {
        loaded++;
        return right('load')(caller, ...args);
      },
      init_execution_context: (caller, ...args) =>
        loaded > 16 && (args[0] as number) < 16 ? 1 : right('init_execution_context')(caller, ...args),
    };
  },
  // LiteRT.js says in a line of text only that a computation has failed.
  'failure unseen': (right) => ({
    compute(caller, ...args) {
      right('compute')(caller, ...args);
      return 0;
    },
  }),
  'outputs by signature': (right) => ({
    get_output: (caller, context, index, ...rest) => {
      const other = right('get_output')(caller, context as number, 1 - (index as number), ...rest);
      return other === 0 ? 0 : right('get_output')(caller, context as number, index as number, ...rest);
    },
  }),
  'output cut off': (right) => ({
    get_output(caller, context, index, buffer, size, written) {
      const all = [context, index, buffer, 4096, written] as number[];
      const errno = right('get_output')(caller, ...all);
      if (errno === 0) {
        const length = Math.min(caller.memory.readU32(written as number), size as number);
        caller.memory.writeU32(written as number, length);
      }
      return errno;
    },
  }),
};

/** Names of all defects. */
export const defectNames: readonly string[] = Object.keys(defects);

/** The embedded plug-in on LiteRT.js with one defect, or with none. */
export function brokenTFLitePlugin(defect: string | undefined, setup: ProviderSetup): Plugin {
  return pluginWithDefect(suiteFor('litert').createPlugin(setup), defects, defect);
}
