import { Buffer } from 'node:buffer';
import type { CheckedRules } from '../options.js';
import { bytesKey, bytesToText } from './bytes.js';
import type { Command, CommandNotStarted } from './command.js';
import { PendingCommand } from './pending-command.js';
import { isVariableName, VariableGate } from './variable-gate.js';

/** The most that Linux passes to a program, its environment included (execve(2), from Linux 4.13 on); others pass less. */
const maxArgumentBytes = 6 << 20;
/** Longer than any path that a system takes. */
const longestProgram = 1 << 16;

/** The command is not on the list. */
export interface CommandRefused {
  readonly kind: 'refused';
}

/** The command is on the list, but a variable that it was to get is not allowed, or is none. */
export interface VariableRefused {
  readonly kind: 'variable-refused';
  readonly name: Uint8Array;
  /** False when no environment can hold such a name. */
  readonly possible: boolean;
}

/** The command may run. */
export interface CommandAdmitted {
  readonly kind: 'admitted';
  readonly command: Command;
}

/** Decides which commands run, and with what. Names are compared byte by byte; no path is looked at. */
export class CommandGate {
  readonly #rules: CheckedRules;
  readonly #names: ReadonlySet<string>;
  readonly #variables: VariableGate;

  constructor(rules: CheckedRules) {
    this.#rules = rules;
    this.#names = new Set(rules.allowCommands.map((name) => bytesKey(Buffer.from(name))));
    this.#variables = new VariableGate(rules.allowEnv);
  }

  /** A command to be filled in. */
  newCommand(): PendingCommand {
    return new PendingCommand(this.#rules.maxPendingBytes);
  }

  admit(pending: PendingCommand): CommandAdmitted | CommandRefused | VariableRefused | CommandNotStarted {
    if (!this.#allowsProgram(pending.program)) {
      return { kind: 'refused' };
    }
    if (pending.argumentBytes > maxArgumentBytes) {
      return { kind: 'not-started', reason: 'Unknown error. (E2BIG)', retry: false };
    }
    for (const [name] of pending.env) {
      const text = bytesToText(name) ?? bytesKey(name);
      const possible = isVariableName(text);
      if (!possible || !this.#variables.allows(text)) {
        return { kind: 'variable-refused', name, possible };
      }
    }
    const program = bytesToText(pending.program);
    const args = pending.args.map(bytesToText);
    const env = [...pending.env].map(([key, value]) => [bytesToText(key), bytesToText(value)] as const);
    if (program === undefined || !args.every(isText) || !env.every(isTextPair)) {
      const reason = 'The name, an argument or a variable contains a NUL byte or is not UTF-8.';
      return { kind: 'not-started', reason, retry: false };
    }
    const { stdin, timeoutMs } = pending;
    const { maxOutputBytes } = this.#rules;
    const searchPath = process.env.PATH;
    return {
      kind: 'admitted',
      command: { program, args, env, stdin, timeoutMs, maxOutputBytes, searchPath },
    };
  }

  #allowsProgram(name: Uint8Array): boolean {
    const { allowAllCommands } = this.#rules;
    return name.byteLength <= longestProgram && (allowAllCommands || this.#names.has(bytesKey(name)));
  }
}

function isText(text: string | undefined): text is string {
  return text !== undefined;
}

function isTextPair(
  pair: readonly [string | undefined, string | undefined],
): pair is readonly [string, string] {
  return pair.every(isText);
}
