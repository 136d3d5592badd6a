import { Buffer } from 'node:buffer';
import { checkOptionNames, InvalidArgumentError, isTable, refuseLostBytes } from '@wasmedge-plugins/core';
import { defaultTimeoutMs } from '../abi.js';
import type { PendingCommand } from '../embedded/pending-command.js';

/** Options of one command. */
export interface RunOptions {
  /** The command's standard input; a string is UTF-8. Default: nothing. */
  readonly stdin?: Uint8Array | string | undefined;
  /** The command's whole environment; nothing of the host's is added, and variables that `allowEnv` does not allow are refused. Default: empty. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds after which the command is ended, with every process it started. 0 to 4294967295. Default: 10000. */
  readonly timeoutMs?: number | undefined;
}

/** Checks values that come from JavaScript and puts them into a command. */
export function addInputs(
  pending: PendingCommand,
  program: string,
  args: readonly string[],
  options: RunOptions,
): PendingCommand {
  checkOptionNames<RunOptions>('a command', options, { stdin: true, env: true, timeoutMs: true });
  const { stdin = '', env = {}, timeoutMs = defaultTimeoutMs } = options;
  if (!Array.isArray(args)) {
    throw new InvalidArgumentError(
      `The arguments of a command must be an array of strings, such as ['status'].`,
    );
  }
  if (!isTable(env)) {
    throw new InvalidArgumentError(`The environment of a command must be an object, such as { LANG: 'C' }.`);
  }
  if (!Number.isInteger(timeoutMs) || timeoutMs < 0 || timeoutMs > 0xffff_ffff) {
    throw new InvalidArgumentError('timeoutMs must be a whole number of milliseconds from 0 to 4294967295.');
  }
  if (stdin instanceof Uint8Array) refuseLostBytes('stdin of a command', stdin);
  pending.setProgram(bytesOf(program, 'The name of a command'));
  for (const arg of args) {
    pending.addArgument(bytesOf(arg, 'An argument of a command'));
  }
  for (const [key, value] of Object.entries(env)) {
    pending.addVariable(bytesOf(key, 'A variable'), bytesOf(value, `The variable ${key}`));
  }
  pending.addStdin(stdin instanceof Uint8Array ? stdin : bytesOf(stdin, 'stdin'));
  pending.timeoutMs = timeoutMs;
  return pending;
}

function bytesOf(text: unknown, what: string): Uint8Array {
  if (typeof text !== 'string') {
    throw new InvalidArgumentError(`${what} must be a string, not ${typeof text}.`);
  }
  const bytes = Buffer.from(text);
  // Half a surrogate pair would silently become another text.
  if (bytes.toString() !== text) {
    throw new InvalidArgumentError(`${what} must be well-formed Unicode.`);
  }
  return bytes;
}
