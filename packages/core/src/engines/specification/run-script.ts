import type { TrapKind } from '../../index.js';
import { type Action, type Command, namesOfModules, readScriptModule, type Script } from './script.js';
import type { HostFailure, ScriptHost } from './script-host.js';
import { describeGiven, type GivenValue, isExpected } from './values.js';

/** What became of a command. */
export interface Outcome {
  readonly command: Command;
  readonly result: 'passed' | 'failed' | 'left out';
  /** Why it did not pass. */
  readonly reason?: string;
}

/** The kinds of trap that the specification's tests name, by the words of the tests. */
const trapKinds: readonly (readonly [text: string, ...kinds: TrapKind[]])[] = [
  ['unreachable', 'unreachable'],
  ['out of bounds memory access', 'memory out of bounds'],
  ['out of bounds table access', 'table out of bounds'],
  ['undefined element', 'table out of bounds'],
  // V8 has one message for both.
  ['uninitialized element', 'uninitialized element', 'indirect call type mismatch'],
  ['indirect call type mismatch', 'indirect call type mismatch'],
  ['integer divide by zero', 'integer divide by zero'],
  // V8 has one message for both, where a number is converted.
  ['integer overflow', 'integer overflow', 'invalid conversion to integer'],
  ['invalid conversion to integer', 'invalid conversion to integer'],
  ['call stack exhausted', 'stack exhausted'],
];

/** Runs the commands of a script in their order, each whatever became of those before. */
export function runScript<Instance>(script: Script, host: ScriptHost<Instance>): Outcome[] {
  const { commands } = script;
  const names = namesOfModules(commands);
  const called = new Map<string | undefined, Instance>();

  return commands.map((command, index): Outcome => {
    const leftOut =
      'module_type' in command && command.module_type === 'text'
        ? 'a module as text'
        : host.leavesOut(command);
    if (leftOut !== undefined) return { command, result: 'left out', reason: leftOut };
    const reason = whyFailed(command, index);
    return reason === undefined ? { command, result: 'passed' } : { command, result: 'failed', reason };
  });

  function whyFailed(command: Command, index: number): string | undefined {
    switch (command.type) {
      case 'module':
        called.delete(undefined);
        return failsWith(() => {
          const instance = host.instantiate(readScriptModule(script, command), names.get(index));
          called.set(undefined, instance);
          if (command.name !== undefined) called.set(command.name, instance);
        });
      case 'register':
        return called.has(command.name) ? undefined : 'the module was not instantiated';
      case 'action':
        return failsWith(() => act(command.action));
      case 'assert_return':
        return failsWith(() => {
          const { expected } = command;
          const given = act(command.action, expected);
          const isRight =
            given.length === expected.length && given.every((each, at) => isAsExpected(each, expected[at]));
          if (!isRight) throw new WrongResult(given.map(describeGiven).join(', '));
        });
      case 'assert_trap':
      case 'assert_exhaustion':
        return missing('trap', command.text, () => act(command.action));
      case 'assert_uninstantiable':
        return missing('trap', command.text, () => instantiateUnnamed(command));
      case 'assert_unlinkable':
        return missing('unlinkable', undefined, () => instantiateUnnamed(command));
      case 'assert_invalid':
      case 'assert_malformed':
        return missing('invalid', undefined, () => instantiateUnnamed(command));
    }
  }

  function act(action: Action, expected: Extract<Command, { type: 'assert_return' }>['expected'] = []) {
    const instance = called.get(action.module);
    if (instance === undefined) throw new WrongResult('no instance, since its module was not instantiated');
    return action.type === 'get'
      ? host.get(instance, action.field, expected)
      : host.invoke(instance, action.field, action.args ?? [], expected);
  }

  function instantiateUnnamed(command: Parameters<typeof readScriptModule>[1]): void {
    host.instantiate(readScriptModule(script, command), undefined);
  }

  function failsWith(work: () => void): string | undefined {
    try {
      work();
      return undefined;
    } catch (error) {
      return error instanceof WrongResult ? error.message : describe(host.failureOf(error));
    }
  }

  function missing(
    kind: HostFailure['kind'],
    text: string | undefined,
    work: () => void,
  ): string | undefined {
    try {
      work();
    } catch (error) {
      if (error instanceof WrongResult) return error.message;
      const failure = host.failureOf(error);
      return failure.kind === kind && isTrapOf(failure, text) ? undefined : describe(failure);
    }
    return `not refused as ${text ?? kind}`;
  }
}

/** Something else than an error of WebAssembly. */
class WrongResult extends Error {}

function isAsExpected(given: GivenValue, wanted: Parameters<typeof isExpected>[1] | undefined): boolean {
  return wanted !== undefined && isExpected(given, wanted);
}

function isTrapOf({ trap }: HostFailure, text: string | undefined): boolean {
  if (trap === undefined || text === undefined) return true;
  const [, ...kinds] = trapKinds.find(([start]) => text.startsWith(start)) ?? [''];
  return kinds.includes(trap);
}

function describe({ kind, message }: HostFailure): string {
  return `${kind}: ${message}`;
}
