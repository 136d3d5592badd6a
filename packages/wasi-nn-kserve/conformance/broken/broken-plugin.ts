import type { ConformanceSuite, ProviderSetup } from '@wasmedge-plugins/conformance';
import type { Plugin } from '@wasmedge-plugins/core';
import { type Defect, pluginWithDefect } from '@wasmedge-plugins/wasi-nn/conformance';

/** Defects, each as a change of some functions. */
const defects: Readonly<Record<string, Defect>> = {
  // A name goes to the servers as it is, and they have that model.
  'any name': (right) => ({
    load_by_name(caller, ...args) {
      const errno = right('load_by_name')(caller, ...args);
      return errno === 8 ? 0 : errno;
    },
  }),
  'bytes taken': (right) => ({
    load(caller, builders = 0, count = 0, encoding = 0, target = 0, out = 0) {
      right('load')(caller, builders, count, encoding, target, out);
      return 0;
    },
  }),
  'failure unseen': (right) => ({
    compute(caller, ...args) {
      right('compute')(caller, ...args);
      return 0;
    },
  }),
  'first answer kept': (right) => {
    const computed = new Set<number>();
    return {
      compute(caller, context = 0) {
        if (computed.has(context)) return 0;
        computed.add(context);
        return right('compute')(caller, context);
      },
    };
  },
  'configuration ignored': (right) => ({
    load_by_name_with_config: (caller, name = 0, length = 0, _config, _size, out = 0) =>
      right('load_by_name')(caller, name, length, out),
  }),
};

/** Names of all defects. */
export const defectNames: readonly string[] = Object.keys(defects);

/** The plug-in of a suite with one defect, or with none. */
export function brokenKServePlugin(
  suite: ConformanceSuite,
  defect: string | undefined,
  setup: ProviderSetup,
): Plugin {
  return pluginWithDefect(suite.createPlugin(setup), defects, defect);
}
