import type { TrapKind } from '../errors/guest-trap-error.js';

// What the engines say, in the order in which the patterns are tried.
const patterns: readonly (readonly [RegExp, TrapKind])[] = [
  [/unreachable/i, 'unreachable'],
  [/out of bounds memory|memory access out of bounds|data segment .*out of bounds/i, 'memory out of bounds'],
  [/null function or function signature|indirect call type mismatch/i, 'indirect call type mismatch'],
  [/uninitialized element/i, 'uninitialized element'],
  [
    /out of bounds table|undefined element|table (index|access|element access|initializer)|element segment .*out of bounds/i,
    'table out of bounds',
  ],
  [/divide by zero|remainder by zero/i, 'integer divide by zero'],
  [/divide result unrepresentable|integer overflow/i, 'integer overflow'],
  [/float unrepresentable|invalid conversion to integer/i, 'invalid conversion to integer'],
  [/maximum call stack|call stack exhausted|stack overflow/i, 'stack exhausted'],
  [/uncaught exception/i, 'uncaught exception'],
];

/** The kind of trap that an engine's own message tells. */
export function trapKindOf(message: string): TrapKind {
  return patterns.find(([pattern]) => pattern.test(message))?.[1] ?? 'other';
}
