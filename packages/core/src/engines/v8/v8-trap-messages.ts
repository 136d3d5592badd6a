import type { TrapMessages } from '../trap-kind.js';

/** What V8 says, in Node.js 20 to 26. Instantiation puts its own name before it, and numbers behind. */
export const v8TrapMessages: TrapMessages = [
  [/^unreachable$/, 'unreachable'],
  [/^memory access out of bounds$|data segment .*out of bounds/, 'memory out of bounds'],
  // The first as Node 20 to 24 word it, the second as Node 26.
  [
    /^null function or function signature mismatch$|^function signature mismatch$/,
    'indirect call type mismatch',
  ],
  [
    /table index is out of bounds|table access out of bounds|element segment .*out of bounds/,
    'table out of bounds',
  ],
  [/^divide by zero$|^remainder by zero$/, 'integer divide by zero'],
  [/^divide result unrepresentable$/, 'integer overflow'],
  [/^float unrepresentable in integer range$/, 'invalid conversion to integer'],
  [/^dereferencing a null pointer$|^rethrowing null value$/, 'null reference'],
  [/^illegal cast$/, 'cast failure'],
  [/^array element access out of bounds$/, 'array out of bounds'],
  [/^requested new array is too large$/, 'array too large'],
  [/^operation does not support unaligned accesses$/, 'unaligned atomic'],
  [/^Atomics\.wait cannot be called in this context$/, 'expected shared memory'],
  [/^Maximum call stack size exceeded$/, 'stack exhausted'],
  [/^uncaught exception$/, 'uncaught exception'],
];
