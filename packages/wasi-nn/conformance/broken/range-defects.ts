import type { GuestMemory } from '@wasmedge-plugins/core';
import { type Defect, recordSize, withNumbers } from './break-functions.js';

type Range = readonly [pointer: number, length: number];

/** The ranges that a call names. */
const rangesOf: Readonly<Record<string, (memory: GuestMemory, ...args: number[]) => readonly Range[]>> = {
  load: (memory, builders = 0, count = 0, _encoding, _target, out = 0) =>
    withInner(memory, [builders, (count >>> 0) * 8], () =>
      Array.from({ length: count }, (_, index) => pairAt(memory, builders + index * 8)),
    ).concat([[out, 4]]),
  load_by_name: (_memory, name = 0, length = 0, out = 0) => [
    [name, length],
    [out, 4],
  ],
  load_by_name_with_config: (_memory, name = 0, length = 0, config = 0, configLength = 0, out = 0) => [
    [name, length],
    [config, configLength],
    [out, 4],
  ],
  init_execution_context: (_memory, _graph, out = 0) => [[out, 4]],
  set_input: (memory, _context, _index, record = 0) =>
    withInner(memory, [record, recordSize], () => {
      const [dimensions, count] = pairAt(memory, record);
      return [[dimensions, count * 4], pairAt(memory, record + 12)];
    }),
  get_output: (_memory, _context, _index, buffer = 0, size = 0, written = 0) => [
    [buffer, size],
    [written, 4],
  ],
};

/** Defects in what is read from and written to the guest's memory. */
export const rangeDefects = {
  // What lies outside is taken for good, as if it were read and written there.
  'ranges unchecked': (right) =>
    Object.fromEntries(
      Object.entries(rangesOf).map(([name, ranges]) => [
        name,
        (caller, ...args) =>
          ranges(caller.memory, ...args).some((range) => !isInside(caller.memory, range))
            ? 0
            : right(name)(caller, ...args),
      ]),
    ),
  'range of name trusted': (right) => ({
    load_by_name: (caller, name = 0, length = 0, out = 0) =>
      isInside(caller.memory, [name, 4]) && !isInside(caller.memory, [name, length])
        ? 0
        : right('load_by_name')(caller, name, length, out),
  }),
  // The size is computed in 32 bits from the shape, and the length that the guest gave is not looked at.
  'length unchecked': (right) => ({
    set_input(caller, context = 0, index = 0, record = 0) {
      const { memory } = caller;
      const set = () => right('set_input')(caller, context, index, record);
      if (!isInside(memory, [record, recordSize])) return set();
      const [dimensions, count] = pairAt(memory, record);
      if (count === 0 || !isInside(memory, [dimensions, count * 4])) return set();
      const lengths = Array.from({ length: count }, (_, each) => memory.readU32(dimensions + each * 4));
      const elements = lengths.reduce((product, length) => Math.imul(product, length), 1) >>> 0;
      return withNumbers(memory, dimensions, [elements], () =>
        withNumbers(memory, record + 4, [1], () => withNumbers(memory, record + 16, [elements * 4], set)),
      );
    },
  }),
  overrun: (right) => ({
    get_output: (caller, context = 0, index = 0, buffer = 0, _size, written = 0) =>
      right('get_output')(caller, context, index, buffer, 4096, written),
  }),
  'memory unneeded': (right) => ({
    load: (caller, ...args) => (caller.hasMemory ? right('load')(caller, ...args) : 1),
    compute: (caller, ...args) => (caller.hasMemory ? right('compute')(caller, ...args) : 1),
  }),
} as const satisfies Record<string, Defect>;

/** A range, and those that it holds when it lies inside. */
function withInner(memory: GuestMemory, range: Range, inner: () => readonly Range[]): Range[] {
  return isInside(memory, range) ? [range, ...inner()] : [range];
}

function pairAt(memory: GuestMemory, pointer: number): Range {
  return [memory.readU32(pointer), memory.readU32(pointer + 4)];
}

function isInside(memory: GuestMemory, [pointer, length]: Range): boolean {
  return (pointer >>> 0) + (length < 0 ? length >>> 0 : length) <= memory.byteLength;
}
