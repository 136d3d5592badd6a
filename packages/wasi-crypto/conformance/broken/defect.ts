import { Buffer } from 'node:buffer';
import type { Caller } from '@wasmedge-plugins/core';
import type { WasiCryptoPluginOptions } from '../../src/options.js';
import { out } from '../drive/call-layout.js';
import type { FunctionName } from '../drive/raw-calls.js';
import type { Call, Calls } from './calls.js';
import type { OwnCalls } from './own-calls.js';

export type { Call, Calls } from './calls.js';

/** What a defect can use: the right functions, and those functions on a memory of its own. */
export interface Tools {
  readonly right: Calls;
  readonly own: OwnCalls;
}

/** One way to be wrong. */
export interface Defect {
  /** Changes the options. */
  readonly options?: (options: WasiCryptoPluginOptions) => WasiCryptoPluginOptions;
  /** The functions that are wrong. Called once for each runtime, so that it can keep a state. */
  readonly calls?: (tools: Tools) => Partial<Calls>;
}

/** Lets functions answer another error code in place of some. */
export function otherErrno(functions: readonly FunctionName[], from: readonly number[], to: number): Defect {
  return {
    calls: ({ right }) =>
      each(functions, (name) => (caller, ...args) => {
        const errno = right[name](caller, ...args);
        return from.includes(errno) ? to : errno;
      }),
  };
}

/** Lets functions answer an error code without doing anything. */
export function answersAlways(functions: readonly FunctionName[], errno: number): Defect {
  return { calls: () => each(functions, () => () => errno) };
}

/** Changes the bytes of the array output that a function gives at its last argument. */
export function changedOutput(
  name: FunctionName,
  change: (bytes: Buffer, args: readonly number[]) => Buffer,
): Defect {
  return {
    calls: ({ right, own }) => ({
      [name]: (caller: Caller, ...args: number[]) => {
        const errno = right[name](caller, ...args);
        if (errno === 0) {
          const pointer = args.at(-1) ?? 0;
          const bytes = own.pull(caller.memory.readU32(pointer));
          caller.memory.writeU32(pointer, newOutput(own, change(bytes, args)));
        }
        return errno;
      },
    }),
  };
}

/** All the changes of several defects. */
export function together(...defects: readonly Defect[]): Defect {
  return { calls: (tools) => Object.assign({}, ...defects.map((defect) => defect.calls?.(tools))) };
}

export function each(names: readonly FunctionName[], change: (name: FunctionName) => Call): Partial<Calls> {
  return Object.fromEntries(names.map((name) => [name, change(name)]));
}

/** A new array output with these bytes. */
export function newOutput(own: OwnCalls, bytes: Buffer): number {
  return own.number(
    'symmetric_key_export',
    own.number('symmetric_key_import', 'HMAC/SHA-256', bytes, out),
    out,
  );
}

/** The bytes of a good range; none of a bad one. */
export function read({ memory }: Caller, pointer = 0, length = 0): Buffer {
  return memory.contains(pointer, length) ? Buffer.from(memory.read(pointer, length)) : Buffer.alloc(0);
}
