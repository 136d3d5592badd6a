import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { timeoutExitCode } from '../abi.js';
import { exitCodeOf, killChild } from './child-process.js';
import type { Command, CommandOutcome } from './command.js';
import { OutputCollector } from './output-collector.js';

/** How long the pipes of a command that has ended are read while another process holds them open. */
const graceMs = 250;
/** How long a command that was killed is waited for: one that runs as another user cannot be killed. */
const killWaitMs = 2000;
/** The longest delay that timers know. */
const longestDelayMs = 0x7fff_ffff;

/** Feeds a child, collects its output, and ends it with its group when its time is over or it writes too much. */
export async function superviseChild(
  child: ChildProcessWithoutNullStreams,
  command: Pick<Command, 'stdin' | 'timeoutMs' | 'maxOutputBytes'>,
  signal: AbortSignal,
): Promise<CommandOutcome> {
  let exitCode: number | undefined;
  const exited = new Promise<void>((resolve) =>
    child.once('exit', (code, signalName) => {
      exitCode = exitCodeOf(code, signalName);
      resolve();
    }),
  );

  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const stdout = new OutputCollector(child.stdout, command.maxOutputBytes, stop);
  const stderr = new OutputCollector(child.stderr, command.maxOutputBytes, stop);
  const timer = setTimeout(stop, Math.min(command.timeoutMs, longestDelayMs));
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) {
    stop();
  }

  child.stdin.on('error', () => {}); // A command need not read its input.
  child.stdin.end(command.stdin);

  const closed = Promise.all([exited, stdout.closed, stderr.closed]);
  await Promise.race([closed, stopped, exited.then(() => drained(graceMs))]);
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  const timedOut = exitCode === undefined;
  if (timedOut) {
    killChild(child);
    await Promise.race([closed, exited.then(() => drained(graceMs)), drained(killWaitMs)]);
  }
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    stream.destroy();
  }
  child.unref();

  if (stdout.overflowed || stderr.overflowed) {
    return { kind: 'too-much-output', stream: stdout.overflowed ? 'stdout' : 'stderr' };
  }
  return {
    kind: 'ended',
    exitCode: timedOut ? timeoutExitCode : (exitCode ?? 0),
    timedOut,
    stdout: stdout.bytes(),
    stderr: stderr.bytes(),
  };
}

/** Waits, and then for one more round of the event loop, so that a slow machine does not cut what lies in the pipes. */
function drained(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => setImmediate(resolve), ms).unref();
  });
}
