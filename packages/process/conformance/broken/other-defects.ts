import { Buffer } from 'node:buffer';
import { basename } from 'node:path';
import {
  type Call,
  callOf,
  callWith,
  changeInput,
  changeOutcome,
  type Defect,
  read,
  replaceIn,
  written,
} from './defect.js';

const inputs = ['set_prog_name', 'add_arg', 'add_env', 'add_stdin'];
const outputs = ['get_stdout', 'get_stderr'];

/** Defects that no known plug-in has, but one could. */
export const otherDefects = {
  'merged-output': changeOutcome('ended', (outcome) => ({
    ...outcome,
    stdout: Buffer.concat([outcome.stdout, outcome.stderr]),
    stderr: new Uint8Array(0),
  })),
  'inherits-environment': {
    command: (command) => ({ ...command, env: [...command.env, ['INHERITED', 'from the host']] }),
  },
  'last-variable-wins': {
    calls: (calls) => {
      const variables = new Map<string, readonly [Uint8Array, Uint8Array]>();
      const addVariable = callOf(calls, 'add_env');
      return replaceIn(calls, {
        add_env:
          () =>
          (caller, key = 0, keyLength = 0, value = 0, valueLength = 0) => {
            const pair = [read(caller, key, keyLength), read(caller, value, valueLength)] as const;
            variables.set(pair[0].join(), pair);
          },
        run: (right) => (caller) => {
          for (const pair of variables.values()) {
            callWith(addVariable, caller, ...pair);
          }
          variables.clear();
          return right(caller);
        },
      });
    },
  },
  'guest-chooses-path': {
    command: (command) => ({
      ...command,
      searchPath: new Map(command.env).get('PATH') ?? command.searchPath,
    }),
  },
  'replaces-invalid-utf8': changeInput('add_arg', (bytes) => Buffer.from(new TextDecoder().decode(bytes))),
  'allows-everything': { rules: (rules) => ({ ...rules, allowAllCommands: true }) },
  'compares-base-names': changeInput('set_prog_name', (bytes) =>
    Buffer.from(basename(Buffer.from(bytes).toString())),
  ),
  'name-ends-at-nul': changeInput('set_prog_name', (bytes) =>
    Buffer.from(Buffer.from(bytes).toString().split('\0')[0] ?? ''),
  ),
  'keeps-inputs': {
    calls: (calls) => {
      const args: Uint8Array[] = [];
      return replaceIn(calls, {
        add_arg:
          (right) =>
          (caller, pointer = 0, length = 0) => {
            args.push(read(caller, pointer, length));
            return right(caller, pointer, length);
          },
        run: (right) => (caller) => {
          const result = right(caller);
          for (const arg of args) {
            callWith(callOf(calls, 'add_arg'), caller, arg);
          }
          return result;
        },
      });
    },
  },
  'keeps-timeout': {
    calls: (calls) => {
      let timeoutMs = 10_000;
      const setTimeout = callOf(calls, 'set_timeout');
      return replaceIn(calls, {
        set_timeout:
          () =>
          (_caller, ms = 0) => {
            timeoutMs = ms;
          },
        run: (right) => (caller) => {
          setTimeout(caller, timeoutMs);
          return right(caller);
        },
      });
    },
  },
  'signed-timeout': {
    calls: (calls) =>
      replaceIn(calls, {
        set_timeout:
          (right) =>
          (caller, ms = 0) =>
            right(caller, Math.max(ms | 0, 0)),
      }),
  },
  'traps-on-bad-range': {
    calls: (calls) =>
      replaceIn(calls, {
        ...each(inputs, (right) => (caller, ...ranges) => {
          for (let index = 0; index < ranges.length; index += 2) {
            caller.memory.read(ranges[index] ?? 0, ranges[index + 1] ?? 0);
          }
          return right(caller, ...ranges);
        }),
        ...each(outputs, (right, name) => (caller, pointer = 0) => {
          caller.memory.read(pointer, outputLength(calls, name, caller));
          return right(caller, pointer);
        }),
      }),
  },
  'writes-part-of-output': {
    calls: (calls) =>
      replaceIn(
        calls,
        each(outputs, (right, name) => (caller, pointer = 0) => {
          const room = Math.max(caller.memory.byteLength - (pointer >>> 0), 0);
          const bytes = written(right, caller, outputLength(calls, name, caller)).subarray(0, room);
          if (bytes.byteLength > 0) {
            caller.memory.write(pointer, bytes);
          }
        }),
      ),
  },
  'ignores-missing-memory': {
    calls: (calls) =>
      replaceIn(
        calls,
        each(
          [...inputs, ...outputs],
          (right) =>
            (caller, ...args) =>
              caller.hasMemory ? right(caller, ...args) : undefined,
        ),
      ),
  },
} as const satisfies Record<string, Defect>;

function each(
  names: readonly string[],
  change: (right: Call, name: string) => Call,
): Record<string, (right: Call) => Call> {
  return Object.fromEntries(names.map((name) => [name, (right: Call) => change(right, name)]));
}

function outputLength(
  calls: Readonly<Record<string, Call>>,
  name: string,
  caller: Parameters<Call>[0],
): number {
  return Number(callOf(calls, `${name}_len`)(caller));
}
