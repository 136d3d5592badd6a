import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { hideDescriptors } from '@wasmedge-plugins/core';
import type { Command } from './command.js';
import { Lifeline } from './lifeline.js';

const windows = process.platform === 'win32';

/** Those of this thread's commands that run. */
const lifeline = new Lifeline();

/**
 * Starts the command as the leader of a process group of its own, with three pipes and nothing else of the host's. The group ends with this
 * thread at the latest.
 */
export async function startChild(file: string, command: Command): Promise<ChildProcessWithoutNullStreams> {
  if (!windows && !lifeline.isAttached) {
    refuseExposedDescriptors();
    await lifeline.attach();
  }
  // Others may have been opened meanwhile.
  refuseExposedDescriptors();
  return new Promise((resolve, reject) => {
    // spawn() itself throws some of the system's refusals and reports the others as an event.
    const child = spawn(file, command.args, {
      argv0: command.program,
      env: environment(command),
      stdio: 'pipe',
      // On Windows this would open a console window, and there are no process groups.
      detached: !windows,
      windowsHide: true,
    });
    if (child.pid !== undefined && !windows) {
      child.once('exit', lifeline.hold(child.pid));
    }
    child.once('error', reject);
    child.once('spawn', () => {
      child.on('error', () => {});
      resolve(child);
    });
  });
}

function refuseExposedDescriptors(): void {
  const exposed = hideDescriptors();
  if (exposed.length > 0) {
    throw new Error(
      `The command would get descriptors of the host: ${exposed.join(', ')}. Open them with close-on-exec, or install koffi.`,
    );
  }
}

/** Ends the child and every process it started that did not leave its group. */
export function killChild(child: ChildProcessWithoutNullStreams): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return; // The number may belong to another process by now.
  }
  if (windows) {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has just ended, or it runs as another user and cannot be ended by this one.
  }
}

/** Exit code as shells tell it: 128 + n for death by signal n. */
export function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  return signal === null ? (code ?? 0) : 128 + constants.signals[signal];
}

function environment(command: Command): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = Object.create(null);
  // Node.js adds the host's value of this one unless the environment has the key; `undefined` is not passed on.
  env.NODE_V8_COVERAGE = undefined;
  for (const [key, value] of command.env) {
    env[key] = value;
  }
  return env;
}
