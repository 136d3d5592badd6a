import type { TrapMessages } from '../trap-kind.js';

/** What libwasmedge 0.14 to 0.17 says. */
export const wasmEdgeTrapMessages: TrapMessages = [
  [/^unreachable$/, 'unreachable'],
  [/^out of bounds memory access$|^data segment does not fit/, 'memory out of bounds'],
  [/^out of bounds table access$|^undefined element$|^elements segment does not fit/, 'table out of bounds'],
  [/^uninitialized element$/, 'uninitialized element'],
  [/^indirect call type mismatch$/, 'indirect call type mismatch'],
  [/^integer divide by zero$/, 'integer divide by zero'],
  [/^integer overflow$/, 'integer overflow'],
  [/^invalid conversion to integer$/, 'invalid conversion to integer'],
  [/^null( \w+)? reference$/, 'null reference'],
  [/^cast failure$/, 'cast failure'],
  [/^out of bounds array access$/, 'array out of bounds'],
  [/^unaligned atomic$/, 'unaligned atomic'],
  [/^expected shared memory$/, 'expected shared memory'],
  [/^call stack exhausted$/, 'stack exhausted'],
  [/^uncaught exception$/, 'uncaught exception'],
];
