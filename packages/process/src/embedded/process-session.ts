import type { BlockingCaller } from '@wasmedge-plugins/core';
import { notRunExitCode } from '../abi.js';
import { ProcessLimitError } from '../errors.js';
import type { CheckedRules } from '../options.js';
import type { CommandOutcome } from './command.js';
import { CommandGate, type CommandRefused, type VariableRefused } from './command-gate.js';
import {
  notStartedMessage,
  refusalMessage,
  tooMuchOutputMessage,
  variableRefusalMessage,
} from './messages.js';
import type { PendingCommand } from './pending-command.js';
import { runBlocking } from './run-blocking.js';

const empty = new Uint8Array(0);

/** The state of one guest: what it prepares for the next run, and what the last run left. */
export class ProcessSession {
  readonly #rules: CheckedRules;
  readonly #gate: CommandGate;
  readonly #blocking: Pick<BlockingCaller, 'call'>;
  #pending: PendingCommand;
  #exitCode = 0;
  #stdout: Uint8Array = empty;
  #stderr: Uint8Array = empty;

  constructor(rules: CheckedRules, blocking: Pick<BlockingCaller, 'call'>) {
    this.#rules = rules;
    this.#gate = new CommandGate(rules);
    this.#blocking = blocking;
    this.#pending = this.#gate.newCommand();
  }

  /** What the guest adds to. */
  get pending(): PendingCommand {
    return this.#pending;
  }

  /** Of the last run; 0 before any. */
  get exitCode(): number {
    return this.#exitCode;
  }

  get stdout(): Uint8Array {
    return this.#stdout;
  }

  get stderr(): Uint8Array {
    return this.#stderr;
  }

  /**
   * Runs the pending command and waits for its end.
   *
   * @throws {ProcessLimitError} when the command writes more than is kept.
   */
  run(): number {
    this.#settle(notRunExitCode, empty, empty);
    const { program } = this.#pending;
    const outcome = this.#execute();
    if (outcome.kind !== 'not-started' || !outcome.retry) {
      this.#pending = this.#gate.newCommand();
    }
    switch (outcome.kind) {
      case 'ended':
        return this.#settle(outcome.exitCode, outcome.stdout, outcome.stderr);
      case 'refused':
        return this.#settle(notRunExitCode, empty, refusalMessage(program));
      case 'variable-refused':
        return this.#settle(notRunExitCode, empty, variableRefusalMessage(outcome));
      case 'not-started':
        return this.#settle(notRunExitCode, empty, notStartedMessage(program, outcome.reason));
      case 'too-much-output':
        throw new ProcessLimitError(tooMuchOutputMessage(outcome, this.#rules.maxOutputBytes));
    }
  }

  #execute(): CommandOutcome | CommandRefused | VariableRefused {
    const admission = this.#gate.admit(this.#pending);
    return admission.kind === 'admitted' ? runBlocking(this.#blocking, admission.command) : admission;
  }

  #settle(exitCode: number, stdout: Uint8Array, stderr: Uint8Array): number {
    this.#exitCode = exitCode;
    this.#stdout = stdout;
    this.#stderr = stderr;
    return exitCode;
  }
}
