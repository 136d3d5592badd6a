import { Buffer } from 'node:buffer';
import { setMaxListeners } from 'node:events';
import { createBlockingCaller, DisposedError, readOptions } from '@wasmedge-plugins/core';
import type { CommandOutcome } from '../embedded/command.js';
import { CommandGate, type CommandRefused, type VariableRefused } from '../embedded/command-gate.js';
import { tooMuchOutputMessage } from '../embedded/messages.js';
import { runBlocking } from '../embedded/run-blocking.js';
import { runCommand } from '../embedded/run-command.js';
import { CommandNotAllowedError, CommandNotStartedError, ProcessLimitError } from '../errors.js';
import { type CommandRules, commandOptions } from '../options.js';
import { addInputs, type RunOptions } from './run-options.js';

/** How a command ended. */
export interface CommandResult {
  /** The exit code, 0 to 255; 128 + n if signal n ended it; 110 if its time was up. */
  readonly exitCode: number;
  /** Whether it was ended because its time was up. */
  readonly timedOut: boolean;
  /** All that it wrote to stdout. */
  readonly stdout: Uint8Array;
  /** All that it wrote to stderr. */
  readonly stderr: Uint8Array;
}

/** Runs commands from TypeScript under the same rules as guests of the process plug-in. */
export interface ProcessClient extends Disposable {
  /**
   * Runs a command and waits for its end. An exit code other than 0 is not an error.
   *
   * @param program as in `allowCommands`; without a slash it is looked up on the host's `PATH`.
   * @throws {CommandNotAllowedError} when it is not on the list, or a variable is not allowed.
   * @throws {CommandNotStartedError} when there is no such program or it cannot be executed.
   * @throws {ProcessLimitError} when its input or output is larger than allowed.
   * @throws {InvalidArgumentError} when an argument has the wrong type.
   * @throws {DisposedError} after disposal.
   */
  run(program: string, args?: readonly string[], options?: RunOptions): CommandResult;
  /**
   * Like {@link ProcessClient.run}, without blocking this thread. Disposal ends the command.
   *
   * @throws the errors of {@link ProcessClient.run}, as a rejection.
   */
  runAsync(program: string, args?: readonly string[], options?: RunOptions): Promise<CommandResult>;
}

/**
 * Creates a client that runs commands from TypeScript, with the embedded provider's rules and code.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example
 * using client = createProcessClient({ allowCommands: ['git'], allowEnv: ['HOME'] });
 * const { exitCode, stdout } = client.run('git', ['status'], { env: { HOME: '/home/me' } });
 */
export function createProcessClient(rules: CommandRules = {}): ProcessClient {
  const checked = readOptions('createProcessClient()', commandOptions, rules);
  const gate = new CommandGate(checked);
  const blocking = createBlockingCaller();
  const disposal = new AbortController();
  setMaxListeners(0, disposal.signal); // Each command that runs listens, and is not a leak.

  function checkLive() {
    if (disposal.signal.aborted) {
      throw new DisposedError(
        'The process client was disposed; create a new one with createProcessClient().',
      );
    }
  }

  function admit(program: string, args: readonly string[] = [], options: RunOptions = {}) {
    checkLive();
    return gate.admit(addInputs(gate.newCommand(), program, args, options));
  }

  function resultOf(
    program: string,
    outcome: CommandOutcome | CommandRefused | VariableRefused,
  ): CommandResult {
    switch (outcome.kind) {
      case 'ended': {
        const { exitCode, timedOut, stdout, stderr } = outcome;
        return { exitCode, timedOut, stdout, stderr };
      }
      case 'refused':
        throw new CommandNotAllowedError(
          `The command "${program}" is not allowed; list it in allowCommands, or set allowAllCommands.`,
        );
      case 'variable-refused': {
        const name = JSON.stringify(Buffer.from(outcome.name).toString());
        const reason = rules.allowEnv === undefined ? ', since it may change what programs do' : '';
        throw new CommandNotAllowedError(
          outcome.possible
            ? `The command "${program}" must not get the variable ${name}${reason}; list it in allowEnv, or set allowEnv: 'all'.`
            : `The command "${program}" cannot get a variable named ${name}: a name must not be empty or contain "=" or NUL.`,
        );
      }
      case 'not-started':
        throw new CommandNotStartedError(
          `The command "${program}" cannot be started: ${outcome.reason} Check its name and the host's PATH.`,
        );
      case 'too-much-output':
        throw new ProcessLimitError(tooMuchOutputMessage(outcome, checked.maxOutputBytes));
    }
  }

  return {
    run(program, args, options) {
      const admission = admit(program, args, options);
      return resultOf(
        program,
        admission.kind === 'admitted' ? runBlocking(blocking, admission.command) : admission,
      );
    },
    async runAsync(program, args, options) {
      const admission = admit(program, args, options);
      if (admission.kind !== 'admitted') {
        return resultOf(program, admission);
      }
      const outcome = await runCommand(admission.command, disposal);
      checkLive();
      return resultOf(program, outcome);
    },
    [Symbol.dispose]() {
      disposal.abort();
      blocking[Symbol.dispose]();
    },
  };
}
