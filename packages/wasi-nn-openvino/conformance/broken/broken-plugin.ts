import type { ProviderSetup } from '@wasmedge-plugins/conformance';
import type { Caller, Plugin } from '@wasmedge-plugins/core';
import { type Defect, pluginWithDefect, withNumbers } from '@wasmedge-plugins/wasi-nn/conformance';
import { suite } from '../suite.js';

const invalidArgument = 1;
const f32 = 1;

/** Where in a guest's memory a defect keeps numbers during a call; no case uses it. */
const scratch = 900_000;

/** Defects of WasmEdge's OpenVINO plug-in, up to 0.14.1 or later, each as a change of some functions. */
const defects: Readonly<Record<string, Defect>> = {
  // Every input is taken for an image of 224 by 224 pixels, whatever shape the guest gives.
  'fixed input shape': (right) => ({
    set_input: (caller, context = 0, index = 0, record = 0) =>
      withNumbers(caller.memory, scratch, [1, 224, 224, 3], () =>
        withNumbers(caller.memory, record, [scratch, 4], () =>
          right('set_input')(caller, context, index, record),
        ),
      ),
  }),
  'f32 only': (right) => ({
    set_input: (caller, context = 0, index = 0, record = 0) =>
      (caller.memory.readU32(record + 8) & 0xff) === f32
        ? right('set_input')(caller, context, index, record)
        : invalidArgument,
  }),
  overrun: (right) => ({
    get_output: (caller, context = 0, index = 0, buffer = 0, _size, written = 0) =>
      right('get_output')(caller, context, index, buffer, 65_536, written),
  }),
  // Each set_input makes a request of its own, which has that input only.
  'earlier inputs lost': (right) => {
    const requests = new Map<number, { readonly graph: number; context: number }>();
    const create = (caller: Caller, graph: number, out: number) =>
      right('init_execution_context')(caller, graph, out);
    const current = (context: number) => requests.get(context)?.context ?? context;
    return {
      init_execution_context(caller, graph = 0, out = 0) {
        const errno = create(caller, graph, out);
        const context = caller.memory.readU32(out);
        if (errno === 0) requests.set(context, { graph, context });
        return errno;
      },
      set_input(caller, context = 0, index = 0, record = 0) {
        const request = requests.get(context);
        if (request !== undefined) {
          create(caller, request.graph, scratch);
          request.context = caller.memory.readU32(scratch);
        }
        return right('set_input')(caller, current(context), index, record);
      },
      compute: (caller, context = 0) => right('compute')(caller, current(context)),
      get_output: (caller, context = 0, ...rest) => right('get_output')(caller, current(context), ...rest),
    };
  },
  'target ignored': (right) => ({
    load: (caller, builders = 0, count = 0, encoding = 0, _target, out = 0) =>
      right('load')(caller, builders, count, encoding, 0, out),
  }),
};

/** Names of all defects. */
export const defectNames: readonly string[] = Object.keys(defects);

/** The embedded plug-in with one defect, or with none. */
export function brokenOpenVinoPlugin(defect: string | undefined, setup: ProviderSetup): Plugin {
  return pluginWithDefect(suite.createPlugin(setup), defects, defect);
}
