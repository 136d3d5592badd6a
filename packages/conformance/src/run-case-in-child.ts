import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type CaseRequest, type CaseResponse, fromResponse } from './case-message.js';
import type { CaseOutcome } from './case-result.js';
import { ConformanceError } from './errors.js';
import { failedOrDiffers } from './run-case.js';
import type { ConformanceCase, ConformanceSuite } from './suite.js';
import type { Target } from './target.js';

const mostOutput = 16 * 1024;

/**
 * Runs one case in a process of its own. WasmEdge's plug-in registry and the options of a native plug-in belong to the whole process
 * and cannot be taken back, and some upstream defects end or block their process: a case must not be touched by the one before it.
 */
export async function runCaseInChild(
  suite: ConformanceSuite,
  target: Target,
  conformanceCase: ConformanceCase,
  timeoutMs: number,
): Promise<CaseOutcome> {
  const request = { moduleUrl: suiteModuleUrl(suite), caseName: conformanceCase.name, target };
  const child = fork(childScript(), {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A group of its own, so that what a guest started ends with it.
    detached: process.platform !== 'win32',
  });
  const output = collectOutput(child);
  const ended = await untilEnd(child, request, timeoutMs);
  const said = output();
  if (ended.problem === undefined && ended.response !== undefined) {
    return fromResponse(ended.response, target, conformanceCase);
  }
  const problem = `The process of the case ${ended.problem ?? 'ended without an answer'}.`;
  return failedOrDiffers(
    target,
    conformanceCase,
    new ConformanceError(said === '' ? problem : `${problem} It said:\n${said}`),
  );
}

function untilEnd(
  child: ChildProcess,
  request: CaseRequest,
  timeoutMs: number,
): Promise<{ response?: CaseResponse | undefined; problem?: string | undefined }> {
  return new Promise((resolve) => {
    let response: CaseResponse | undefined;
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      killGroup(child);
    }, timeoutMs);
    child.once('message', (message: CaseResponse) => {
      response = message;
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ problem: `could not be started: ${error.message}` });
    });
    // Not `close`: something the guest started may hold the pipes for longer.
    child.once('exit', async (code, signal) => {
      clearTimeout(timer);
      killGroup(child);
      await untilDisconnected(child);
      const problem = timedOut
        ? `was ended after ${timeoutMs} ms`
        : signal !== null
          ? `was ended by ${signal}`
          : code !== 0
            ? `ended with exit code ${code}`
            : undefined;
      resolve({ response, problem });
    });
    child.send(request);
  });
}

/** The answer may still be on its way when the process has ended. */
function untilDisconnected(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (!child.connected) {
      resolve();
      return;
    }
    const timer = setTimeout(resolve, 1000);
    child.once('disconnect', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    if (process.platform === 'win32') {
      child.kill('SIGKILL');
    } else {
      process.kill(-child.pid, 'SIGKILL');
    }
  } catch {
    // Nothing of the group is left.
  }
}

function collectOutput(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text = (text + chunk).slice(-mostOutput);
    });
  }
  return () => {
    child.stdout?.destroy();
    child.stderr?.destroy();
    return text.trim();
  };
}

/** The module that the child imports: built JavaScript, also when this suite was loaded from its TypeScript source. */
function suiteModuleUrl({ module, guests }: ConformanceSuite): string {
  if (module.startsWith('file:')) {
    return module;
  }
  try {
    return pathToFileURL(createRequire(guests).resolve(module)).href;
  } catch (cause) {
    throw new ConformanceError(`The suite cannot be imported as ${module}; build its package first.`, {
      cause,
    });
  }
}

/** The built script, also when this module is run from its source by a test. */
function childScript(): string {
  return fileURLToPath(new URL('../dist/case-child.js', import.meta.url));
}
