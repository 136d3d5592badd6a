import type { ProviderSetup } from '@wasmedge-plugins/conformance';
import type { Caller, Plugin } from '@wasmedge-plugins/core';
import { type Defect, pluginWithDefect } from '@wasmedge-plugins/wasi-nn/conformance';
import { suite } from '../suite.js';

/** Bytes that every buffer of the suite has room for. */
const roomOfSuite = 65_536;

/** Changes the bytes that a function has written to the guest. */
function rewrite(
  { memory }: Caller,
  [, , buffer = 0, , written = 0]: readonly number[],
  change: (text: Buffer) => Buffer,
): void {
  const length = memory.readU32(written);
  const text = memory.borrow(buffer, length, (bytes) => Buffer.from(Uint8Array.from(bytes)));
  const changed = change(text);
  memory.write(buffer, changed);
  memory.writeU32(written, changed.length);
}

/** A defect of what `get_output` gives as output 0. */
function ofText(change: (text: Buffer) => Buffer): Defect {
  return (right) => ({
    get_output(caller, ...args) {
      const errno = right('get_output')(caller, ...args);
      if (errno === 0 && args[1] === 0) rewrite(caller, args, change);
      return errno;
    },
  });
}

/** A defect in which a function answers another error code than it should. */
function answering(names: readonly string[], from: number, to: number): Defect {
  return (right) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        (caller: Caller, ...args: number[]) => {
          const errno = right(name)(caller, ...args);
          return errno === from ? to : errno;
        },
      ]),
    );
}

/** A defect in which options that hold a word do not reach the model. */
function losing(word: string): Defect {
  return (right) => ({
    set_input(caller, ...args) {
      const [, index, record] = args;
      if (index !== 1) return right('set_input')(caller, ...args);
      const { memory } = caller;
      const at = (record ?? 0) + 12;
      const text = memory.readString(memory.readU32(at), memory.readU32(at + 4));
      return text.includes(word) ? 0 : right('set_input')(caller, ...args);
    },
  });
}

const defects: Readonly<Record<string, Defect>> = {
  'last token lost': ofText((text) => text.subarray(0, -1)),
  'end without its text': ofText((text) => Buffer.from(text.toString().replace(/<[^<]+>$/, ''))),
  'pieces of whole characters': (right) => ({
    get_output_single(caller, ...args) {
      const errno = right('get_output_single')(caller, ...args);
      const cut = (text: Buffer) => (text.toString().includes('\ufffd') ? Buffer.alloc(0) : text);
      if (errno === 0) rewrite(caller, args, cut);
      return errno;
    },
  }),
  'end of sequence unseen': answering(['compute_single'], 100, 0),
  'vectors of any length': ofText((text) =>
    Buffer.from(text.toString().replace(/0\.(\d)/g, (_, digit: string) => `0.${9 - Number(digit)}`)),
  ),
  'vectors of encoders not normalized': ofText((text) =>
    Buffer.from(
      text.toString().replace(/^(\{"n_embedding": 32, "embedding": \[)(.*)\]\}$/, (_, begin, values) => {
        const doubled = String(values)
          .split(',')
          .map((value) => 2 * Number(value));
        return `${begin}${doubled}]}`;
      }),
    ),
  ),
  // As upstream does.
  'scores normalized': ofText((text) =>
    Buffer.from(text.toString().replace(/^(\{"n_embedding": 1, "embedding": \[-?)[\d.e-]+/, '$11')),
  ),
  'encoders asked for tokens': answering(['compute', 'compute_single'], 6, 0),
  'fresh context refused': (right) => {
    let computed = false;
    return {
      compute_single(caller, ...args) {
        computed = true;
        return right('compute_single')(caller, ...args);
      },
      get_output_single: (caller, ...args) => (computed ? right('get_output_single')(caller, ...args) : 1),
    };
  },
  // As 0.14 does.
  'prompt used up': (right) => {
    let isSet = false;
    return {
      set_input(caller, ...args) {
        isSet = true;
        return right('set_input')(caller, ...args);
      },
      compute(caller, ...args) {
        if (!isSet) return 1;
        isSet = false;
        return right('compute')(caller, ...args);
      },
    };
  },
  'context shifted': answering(['compute', 'compute_single'], 101, 0),
  'token without room lost': (right) => {
    let isFull = false;
    return {
      compute(caller, ...args) {
        const errno = right('compute')(caller, ...args);
        isFull = errno === 101;
        return errno;
      },
      get_output(caller, ...args) {
        const errno = right('get_output')(caller, ...args);
        if (isFull && args[1] === 0) rewrite(caller, args, (text) => text.subarray(0, -1));
        return errno;
      },
    };
  },
  'long prompt cut': answering(['compute', 'compute_single'], 102, 0),
  // As releases up to 0.17.1 do.
  'buffer overrun': (right) => ({
    get_output: (caller, context, index, buffer, _, written) =>
      right('get_output')(caller, ...[context, index, buffer, roomOfSuite, written].map(Number)),
  }),
  'no length refused': (right) => ({
    get_output: (caller, ...args) => (args[3] === 0 ? 7 : right('get_output')(caller, ...args)),
  }),
  'wrong types taken': answering(['set_input'], 1, 0),
  'options forgotten': losing('reverse-prompt'),
  'grammar ignored': losing('json-schema'),
  'pooling ignored': losing('"pooling-type":1'),
  'positions ignored': losing('"rope-freq-scale":0.'),
  'repetitions ignored': losing('dry-'),
  'types of memory ignored': losing('cache-type'),
  'missing file is 1': answering(['load_by_name_with_config'], 103, 1),
  'files opened for guests': answering(['load'], 6, 0),
};

const silent = 'nothing printed';

/** Names of all defects. */
export const defectNames: readonly string[] = [...Object.keys(defects), silent];

/** The embedded plug-in with one defect, or with none. */
export function brokenGGMLPlugin(defect: string | undefined, setup: ProviderSetup): Plugin {
  const plugin = suite.createPlugin(setup);
  if (defect !== silent) return pluginWithDefect(plugin, defects, defect);
  return { ...plugin, create: (context) => plugin.create({ ...context, writeStdout() {} }) };
}
