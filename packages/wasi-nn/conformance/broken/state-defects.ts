import { nnSignatures } from '../../src/abi.js';
import type { Call, Defect } from './break-functions.js';

const invalidArgument = 1;
const invalidEncoding = 2;

/** Defects in what is remembered from call to call, and in what a number means. */
export const stateDefects = {
  'encodings alike': (right) => ({
    load(caller, ...args) {
      const errno = right('load')(caller, ...args);
      return errno === invalidEncoding ? invalidArgument : errno;
    },
  }),
  'targets alike': (right) => ({
    load: (caller, builders = 0, count = 0, encoding = 0, _target, out = 0) =>
      right('load')(caller, builders, count, encoding, 0, out),
  }),
  'all bits count': (right) => ({
    load: (caller, ...args) => ((args[2] as number) > 255 ? invalidEncoding : right('load')(caller, ...args)),
    set_input: (caller, ...args) =>
      caller.memory.readU32((args[2] as number) + 8) > 255
        ? invalidArgument
        : right('set_input')(caller, ...args),
  }),
  'failed name remembered': (right) => {
    const called = new Set<string>();
    return {
      load_by_name(caller, name = 0, length = 0, out = 0) {
        const text = caller.memory.readString(name, length);
        if (called.has(text)) return 0;
        called.add(text);
        return right('load_by_name')(caller, name, length, out);
      },
    };
  },
  'configuration ignored': (right) => ({
    load_by_name_with_config: (caller, name = 0, length = 0, _config, _length, out = 0) =>
      right('load_by_name')(caller, name, length, out),
  }),
  // A vector of graphs that moves when it grows.
  '17th graph': (right) => {
    let loaded = 0;
    return {
      load(caller, ...args) {
        loaded++;
        return right('load')(caller, ...args);
      },
      init_execution_context: (caller, graph = 0, out = 0) =>
        loaded > 16 && graph < 16 ? invalidArgument : right('init_execution_context')(caller, graph, out),
    };
  },
  'never freed': () => ({
    unload: () => invalidArgument,
    finalize_execution_context: () => invalidArgument,
  }),
  'guests alike': (right) => {
    const everybody = {};
    const asOne =
      (name: string): Call =>
      (caller, ...args) => {
        const { hasMemory } = caller;
        const one = {
          hasMemory,
          instance: everybody,
          get memory() {
            return caller.memory;
          },
        };
        return right(name)(one, ...args);
      };
    return Object.fromEntries(Object.keys(nnSignatures).map((name) => [name, asOne(name)]));
  },
  'contexts shared': (right) => {
    const contexts = new Map<number, number>();
    return {
      init_execution_context(caller, graph = 0, out = 0) {
        const first = contexts.get(graph);
        if (first !== undefined) {
          caller.memory.writeU32(out, first);
          return 0;
        }
        const errno = right('init_execution_context')(caller, graph, out);
        if (errno === 0) contexts.set(graph, caller.memory.readU32(out));
        return errno;
      },
    };
  },
  'inputs read late': (right) => {
    const calls: (readonly [context: number, index: number, record: number])[] = [];
    return {
      set_input(caller, context = 0, index = 0, record = 0) {
        calls.push([context, index, record]);
        return right('set_input')(caller, context, index, record);
      },
      compute(caller, context = 0) {
        for (const args of calls) right('set_input')(caller, ...args);
        return right('compute')(caller, context);
      },
    };
  },
  'inputs missing': (right) => ({
    compute(caller, context = 0) {
      right('compute')(caller, context);
      return 0;
    },
  }),
  'outputs pile up': (right) => {
    const first = new Map<number, Uint8Array>();
    return {
      get_output(caller, context = 0, index = 0, buffer = 0, size = 0, written = 0) {
        const earlier = first.get(context);
        if (earlier === undefined || index > 0) {
          const errno = right('get_output')(caller, context, Math.max(index - 1, 0), buffer, size, written);
          if (errno === 0)
            first.set(context, caller.memory.read(buffer, caller.memory.readU32(written)).slice());
          return errno;
        }
        caller.memory.write(buffer, earlier);
        caller.memory.writeU32(written, earlier.byteLength);
        return 0;
      },
    };
  },
} as const satisfies Record<string, Defect>;
