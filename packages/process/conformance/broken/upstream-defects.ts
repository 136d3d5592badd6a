import { Buffer } from 'node:buffer';
import { timeoutExitCode } from '../../src/abi.js';
import {
  type Call,
  callWith,
  changeInput,
  changeOutcome,
  type Defect,
  read,
  replaceIn,
  runThrough,
} from './defect.js';

/** More than the pipes between two processes hold. */
const pipeBytes = 200_000;
const empty = new Uint8Array(0);

/** Defects that upstream's plug-in has, at least in 0.14.1. */
export const upstreamDefects = {
  'sign-extended-exit-code': changeOutcome('ended', (outcome) => ({
    ...outcome,
    exitCode: (outcome.exitCode << 24) >> 24,
  })),
  'signal-death-as-zero': changeOutcome('ended', (outcome) => ({
    ...outcome,
    exitCode: outcome.exitCode > 128 && outcome.exitCode < 160 ? 0 : outcome.exitCode,
  })),
  'stdin-deadlock': changeOutcome('ended', (outcome, { stdin }) =>
    stdin.byteLength > pipeBytes ? { ...outcome, exitCode: timeoutExitCode, stdout: empty } : outcome,
  ),
  'unread-stdin-is-fatal': changeOutcome('ended', (outcome, { program, stdin }) => {
    if (program === 'true' && stdin.byteLength > pipeBytes) {
      throw new Error('SIGPIPE');
    }
    return outcome;
  }),
  'start-failure-in-stdout': changeOutcome('not-started', ({ reason }) => ({
    kind: 'ended',
    exitCode: -1,
    timedOut: false,
    stdout: Buffer.from(`[error] ${reason}\n`),
    stderr: empty,
  })),
  'appends-program-name': {
    calls: (calls) => {
      let name: Uint8Array = empty;
      return replaceIn(calls, {
        set_prog_name:
          (right) =>
          (caller, pointer = 0, length = 0) => {
            name = Buffer.concat([name, read(caller, pointer, length)]);
            return callWith(right, caller, name);
          },
        run: (right) => (caller) => {
          name = empty;
          return right(caller);
        },
      });
    },
  },
  'guests-share-state': {
    calls: (calls) => {
      const instance = {};
      return Object.fromEntries(
        Object.entries(calls).map(([name, right]): [string, Call] => [
          name,
          (caller, ...args) =>
            right(
              {
                instance,
                hasMemory: caller.hasMemory,
                get memory() {
                  return caller.memory;
                },
              },
              ...args,
            ),
        ]),
      );
    },
  },
  'passes-every-variable': { rules: (rules) => ({ ...rules, allowEnv: 'all' }) },
  'whole-second-timeout': {
    command: (command) => {
      const ticks = Math.floor(command.timeoutMs / 1000) + 1;
      return { ...command, timeoutMs: ticks * 1000 - (Date.now() % 1000) };
    },
  },
  // Killing the group of setsid leaves the command alone, which then is as present as a zombie.
  'kills-only-child': runThrough('setsid', '--wait'),
  'leaves-child': runThrough('setsid', '--wait'),
  // A command substitution ends when every holder of its pipe has closed it.
  'waits-for-survivors': runThrough(
    'sh',
    '-c',
    'out=$("$0" "$@"); code=$?; printf "%s\\n" "$out"; exit $code',
  ),
  'leaks-descriptors': runThrough('sh', '-c', 'exec "$0" "$@" 3</dev/null'),
  'argument-ends-at-nul': changeInput('add_arg', (bytes) =>
    Buffer.from(bytes).subarray(0, indexOfNul(bytes)),
  ),
  'unbounded-input': { rules: (rules) => ({ ...rules, maxPendingBytes: 0xffff_ffff }) },
  'unbounded-output': { rules: (rules) => ({ ...rules, maxOutputBytes: 0xffff_ffff }) },
} as const satisfies Record<string, Defect>;

function indexOfNul(bytes: Uint8Array): number {
  const index = bytes.indexOf(0);
  return index === -1 ? bytes.byteLength : index;
}
