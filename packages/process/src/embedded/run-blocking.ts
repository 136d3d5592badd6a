import { type BlockingCaller, BlockingTimeoutError } from '@wasmedge-plugins/core';
import { timeoutExitCode } from '../abi.js';
import { spawnTask } from '../task-references.js';
import type { Command, CommandOutcome } from './command.js';

/**
 * How long a command may take beyond its own time. The thread that starts it ends it in far less; but while the system opens the program's file
 * that thread waits, and where a file system does not answer it waits for ever.
 */
export const startMs = 10_000;

/** Runs a command while this thread waits. One that could not even be started in time counts as one whose time was over. */
export function runBlocking(blocking: Pick<BlockingCaller, 'call'>, command: Command): CommandOutcome {
  try {
    return blocking.call<CommandOutcome>(spawnTask, command, { timeoutMs: command.timeoutMs + startMs });
  } catch (error) {
    if (!BlockingTimeoutError.isInstance(error)) throw error;
    const none = () => new Uint8Array(0);
    return { kind: 'ended', exitCode: timeoutExitCode, timedOut: true, stdout: none(), stderr: none() };
  }
}
