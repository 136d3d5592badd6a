import { Buffer } from 'node:buffer';
import type { CheckedRules } from '../options.js';
import { bytesKey, bytesToText } from './bytes.js';
import type { Command, CommandNotStarted } from './command.js';
import { PendingCommand } from './pending-command.js';

/** The command is not on the list. */
export interface CommandRefused {
  readonly kind: 'refused';
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

  constructor(rules: CheckedRules) {
    this.#rules = rules;
    this.#names = new Set(rules.allowCommands.map((name) => bytesKey(Buffer.from(name))));
  }

  /** A command to be filled in. */
  newCommand(): PendingCommand {
    return new PendingCommand(this.#rules.maxPendingBytes);
  }

  admit(pending: PendingCommand): CommandAdmitted | CommandRefused | CommandNotStarted {
    if (!this.#rules.allowAllCommands && !this.#names.has(bytesKey(pending.program))) {
      return { kind: 'refused' };
    }
    const program = bytesToText(pending.program);
    const args = pending.args.map(bytesToText);
    const env = [...pending.env].map(([key, value]) => [bytesToText(key), bytesToText(value)] as const);
    if (program === undefined || !args.every(isText) || !env.every(isTextPair)) {
      const reason = 'The name, an argument or a variable holds a NUL byte or is not UTF-8.';
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
}

function isText(text: string | undefined): text is string {
  return text !== undefined;
}

function isTextPair(
  pair: readonly [string | undefined, string | undefined],
): pair is readonly [string, string] {
  return pair.every(isText);
}
