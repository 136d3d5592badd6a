import { Buffer } from 'node:buffer';
import { type Caller, GuestMemory } from '@wasmedge-plugins/core';
import type { Command, CommandOutcome } from '../../src/embedded/command.js';
import type { CommandRules } from '../../src/options.js';

/** A host function of the plug-in; all its parameters are i32. */
export type Call = (caller: Caller, ...args: number[]) => unknown;

/** The functions of the module, by their names without `wasmedge_process_`. */
export type Calls = Readonly<Record<string, Call>>;

/** One way to be wrong: what it changes on the way from the guest to the command and back. */
export interface Defect {
  /** Changes the options. */
  readonly rules?: (rules: CommandRules) => CommandRules;
  /** Changes the functions that the guest calls. Called once for each runtime, so that it can keep a state. */
  readonly calls?: (calls: Calls) => Calls;
  /** Changes the command before it is run. */
  readonly command?: (command: Command) => Command;
  /** Changes how it ended. */
  readonly outcome?: (outcome: CommandOutcome, command: Command) => CommandOutcome;
}

/** Replaces some of the functions; each new one is given the right one. */
export function replaceIn(calls: Calls, changes: Readonly<Record<string, (right: Call) => Call>>): Calls {
  const changed = Object.entries(changes).map(([name, change]) => [name, change(callOf(calls, name))]);
  return { ...calls, ...Object.fromEntries(changed) };
}

/** Changes the bytes that a function gets as pointer and length. */
export function changeInput(name: string, change: (bytes: Uint8Array) => Uint8Array): Defect {
  const changed =
    (right: Call): Call =>
    (caller, pointer = 0, length = 0) =>
      callWith(right, caller, change(read(caller, pointer, length)));
  return { calls: (calls) => replaceIn(calls, { [name]: changed }) };
}

/** Changes outcomes of one kind. */
export function changeOutcome<Kind extends CommandOutcome['kind']>(
  kind: Kind,
  change: (outcome: Extract<CommandOutcome, { kind: Kind }>, command: Command) => CommandOutcome,
): Defect {
  return {
    outcome: (outcome, command) =>
      outcome.kind === kind ? change(outcome as Extract<CommandOutcome, { kind: Kind }>, command) : outcome,
  };
}

/** Runs every command as the arguments of another one. */
export function runThrough(program: string, ...args: string[]): Defect {
  return {
    command: (command) => ({ ...command, program, args: [...args, command.program, ...command.args] }),
  };
}

/** Calls a function that takes pointers and lengths with these bytes, for the guest that calls. */
export function callWith(call: Call, { instance }: Caller, ...inputs: readonly Uint8Array[]): unknown {
  const bytes = Uint8Array.from(Buffer.concat(inputs));
  let offset = 0;
  const ranges = inputs.flatMap(({ byteLength }) => {
    offset += byteLength;
    return [offset - byteLength, byteLength];
  });
  return call(callerWith(bytes, instance), ...ranges);
}

/** The bytes that a function writes to a pointer. */
export function written(call: Call, { instance }: Caller, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  call(callerWith(bytes, instance), 0);
  return bytes;
}

/** What the right function takes: nothing where the range is bad. */
export function read({ memory }: Caller, pointer: number, length: number): Uint8Array {
  return memory.contains(pointer, length) ? memory.read(pointer, length) : new Uint8Array(0);
}

/** A function by its name. */
export function callOf(calls: Calls, name: string): Call {
  const call = calls[name];
  if (call === undefined) {
    throw new Error(`The plug-in has no function ${name}.`);
  }
  return call;
}

function callerWith({ buffer }: Uint8Array<ArrayBuffer>, instance: object): Caller {
  const memory = new GuestMemory({ buffer: () => buffer, grow: () => -1, lend() {} });
  return { hasMemory: true, memory, instance };
}
