import type { ProviderSetup } from '@wasmedge-plugins/conformance';
import type { Plugin } from '@wasmedge-plugins/core';
import { type Defect, pluginWithDefect } from '@wasmedge-plugins/wasi-nn/conformance';
import { suiteFor } from '../suite.js';

/** Defects, each as a change of some functions. */
const defects: Readonly<Record<string, Defect>> = {
  'load never fails': (right) => ({
    load: (caller, ...args) => {
      right('load')(caller, ...args);
      return 0;
    },
  }),
  'providers of guests': (right) => ({
    load_by_name_with_config: (caller, name, length, config, _, graph) =>
      right('load_by_name_with_config')(caller, ...([name, length, config, 0, graph] as number[])),
  }),
  'no external data': (right) => ({
    load_by_name_with_config: (caller, ...args) =>
      right('load_by_name_with_config')(caller, ...args) === 0 ? 1 : 1,
  }),
  'any bool': (right) => ({
    set_input(caller, context, index, record) {
      const data = caller.memory.readU32((record as number) + 12);
      const length = caller.memory.readU32((record as number) + 16);
      caller.memory.borrow(data, length, (bytes) => {
        bytes.forEach((byte, place) => {
          bytes[place] = Math.min(byte, 1);
        });
      });
      return right('set_input')(caller, ...([context, index, record] as number[]));
    },
  }),
  'failure unseen': (right) => ({
    compute(caller, ...args) {
      right('compute')(caller, ...args);
      return 0;
    },
  }),
  'outputs by name': (right) => ({
    get_output: (caller, context, index, ...rest) => {
      const other = right('get_output')(caller, context as number, 1 - (index as number), ...rest);
      return other === 0 ? 0 : right('get_output')(caller, context as number, index as number, ...rest);
    },
  }),
  'first shape kept': (right) => {
    let first: number | undefined;
    return {
      set_input(caller, context, index, record) {
        const dimensions = caller.memory.readU32(record as number);
        const length = caller.memory.readU32(dimensions);
        first ??= length;
        return first === length ? right('set_input')(caller, ...([context, index, record] as number[])) : 1;
      },
    };
  },
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

/** The embedded plug-in on onnxruntime-web with one defect, or with none. */
export function brokenONNXPlugin(defect: string | undefined, setup: ProviderSetup): Plugin {
  return pluginWithDefect(suiteFor('web').createPlugin(setup), defects, defect);
}
