import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { onAbort } from '../control/on-abort.js';
import { GuestCompileError } from '../errors/aot-errors.js';
import { prepareHelpers } from '../helpers/helper-program.js';
import { hideDescriptors } from '../native/hide-descriptors.js';
import { helperFile } from '../native/plugins/helper-file.js';
import { privateFolder } from '../native/plugins/private-folder.js';
import { compileFailure } from './compile-failure.js';
import { PhaseReader } from './compile-phase.js';
import { encodeRequest } from './compile-request.js';
import type { CompileTask } from './compile-task.js';
import { limitedProgram } from './limited-program.js';
import { lowerPriority } from './lower-priority.js';
import { readOwnFile } from './own-file.js';

/** What a shell ends with when it cannot execute a program. */
const notExecuted: readonly unknown[] = [126, 127];
/** The most that is kept of what it says. */
const maxText = 16 * 1024;
const passedOn = /^(LD_LIBRARY_PATH|DYLD_\w+|HOME|PATH|TMPDIR|SystemRoot|TEMP|TMP)$/i;

/**
 * Compiles a guest in a process of its own, which has bounds, and ends with this one. Nothing of it is left when this settles.
 *
 * @throws {GuestCompileError} when it cannot.
 * @throws the signal's reason when it ends the work.
 */
export async function compileInChild(task: CompileTask): Promise<Uint8Array> {
  const { signal, bounds } = task;
  await prepareHelpers();
  signal?.throwIfAborted();
  const folder = join(privateFolder(), `compile-${randomUUID()}`);
  mkdirSync(folder, { mode: 0o700 });
  try {
    const output = join(folder, 'code.wasm');
    await runChild(task, folder, output);
    const bytes = readOwnFile(output, bounds.maxMemoryBytes);
    if (bytes !== undefined) return bytes;
    throw compileFailure(task, { says: 'it wrote no code' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runChild(task: CompileTask, folder: string, output: string): Promise<void> {
  const { guest, target, bounds, signal, onPhase } = task;
  const { library, form, level, portable } = target;
  const request = encodeRequest({ library, guest, form, level, portable, folder, output });
  const child = startChild(task);
  let timedOut = false;
  let thrown: { readonly error: unknown } | undefined;
  const stop = () => {
    child.kill('SIGKILL');
  };
  const timer = setTimeout(() => {
    timedOut = true;
    stop();
  }, bounds.timeoutMs);
  const unwatch = signal && onAbort(signal, stop);
  try {
    const [stdin, stdout, stderr, answer] = child.stdio as unknown as [
      Writable,
      Readable,
      Readable,
      Readable,
    ];
    const reader = new PhaseReader((phase) => {
      try {
        onPhase(phase);
      } catch (error) {
        thrown ??= { error };
        stop();
      }
    });
    stdout.setEncoding('latin1').on('data', (text: string) => reader.read(text));
    const texts = { stderr: collect(stderr), answer: collect(answer) };
    // It may have ended before it has read.
    stdin.on('error', () => {});
    stdin.write(request);
    const [exitCode, exitSignal] = await once(child, 'close').catch((cause: Error) => {
      throw compileFailure(task, { notStarted: cause, says: '' });
    });
    signal?.throwIfAborted();
    if (thrown !== undefined) throw thrown.error;
    const refusal = texts.answer();
    if (exitCode === 0 && refusal === '') return;
    if (notExecuted.includes(exitCode)) {
      throw compileFailure(task, { notStarted: new Error(texts.stderr().trim()), says: '' });
    }
    throw compileFailure(task, {
      timedOut: timedOut || exitSignal === 'SIGXCPU',
      refusal: refusal === '' ? undefined : JSON.parse(refusal).message,
      ended: exitSignal ?? `exit code ${exitCode}`,
      says: texts.stderr(),
    });
  } finally {
    clearTimeout(timer);
    unwatch?.();
  }
}

function startChild(task: CompileTask) {
  const worker = helperFile('compile-worker');
  if (worker === undefined) {
    throw new GuestCompileError(
      `The guest ${task.label} was not compiled: compile-worker.js, which does that, is missing next to @wasmedge-plugins/core, and its text is not in the bundle. Keep all files of a bundle together, or mark the package as external; without a bundle, install it again.`,
      'not started',
    );
  }
  const { maxMemoryBytes, timeoutMs } = task.bounds;
  const { file, args } = limitedProgram(
    { file: process.execPath, args: [worker] },
    { maxMemoryBytes, maxCpuSeconds: timeoutMs / 1000 + 1, maxFileBytes: maxMemoryBytes },
  );
  hideDescriptors();
  const child = spawn(file, args, {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    // Electron's program is Node.js with this variable only.
    env: { ...ownVariables(), ELECTRON_RUN_AS_NODE: '1', NODE_V8_COVERAGE: undefined },
    // A signal for the host's group is the host's matter, and the child ends with the host.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  if (task.givesWay) lowerPriority(child.pid);
  return child;
}

function ownVariables(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.test(name)));
}

function collect(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (part: string) => {
    text = (text + part).slice(-maxText);
  });
  return () => text;
}
