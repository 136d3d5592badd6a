import { printable } from '../../errors/printable.js';
import type { Limits } from '../../limits/limits.js';
import type { ChildOptions } from '../interface/child-options.js';
import type { MemberEnd } from './transport.js';

/** The exit code of Node.js for an option of the command line that it does not have, or that has a wrong value. */
const invalidOption = 9;

/** What may have kept a process from starting, which ended so, and what to do about it. */
export function adviceForStart(
  { exitCode, error }: MemberEnd,
  { child, limits }: { readonly child: ChildOptions; readonly limits: Limits },
): string {
  const { execArgv = [] } = child;
  const { memoryBytes } = limits;
  if (error !== undefined) return 'See the cause.';
  const options = `child.execArgv (${printable(execArgv.join(' '))})`;
  if (execArgv.length > 0 && exitCode === invalidOption) {
    return `Node.js refuses one of the options in ${options}; correct it, or omit it.`;
  }
  const parts = [
    ...(memoryBytes === undefined
      ? []
      : [`raise limits.memoryBytes (${memoryBytes}), which Node.js itself may need more of`]),
    ...(execArgv.length === 0 ? [] : [`check ${options}`]),
  ];
  const first = parts.length === 0 ? 'look' : `${parts.join(', or ')}; look`;
  return `${first.charAt(0).toUpperCase()}${first.slice(1)} at what it wrote to stderr.`;
}

/** How V8, and the kernel for a control group, end a process without memory. */
const signalsWithoutMemory = ['SIGABRT', 'SIGTRAP', 'SIGKILL'];

/** What may have ended a process that ran guests, and what to do about it; `undefined` where nothing is known. */
export function adviceForCrash(
  { signal = '' }: MemberEnd,
  { limits: { memoryBytes } }: { readonly limits: Limits },
): string | undefined {
  return memoryBytes === undefined || !signalsWithoutMemory.includes(signal)
    ? undefined
    : `It may have reached limits.memoryBytes (${memoryBytes}), a part of which Node.js itself needs: raise it if the guest needs no more memory than expected.`;
}
