import { spawnSync } from 'node:child_process';
import { serialize } from 'node:v8';
import { NativePluginLoadError } from '../../errors/native-plugin-errors.js';
import type { NativePluginRequest } from '../../plugin/plugin.js';
import type { PluginInspection } from '../../plugin-file/inspect-plugin-file.js';
import { helperFile } from './helper-file.js';

/** What the process that tries a plug-in is told, on its stdin. */
export interface ProbeRequest {
  /** The libwasmedge. */
  readonly library: string;
  /** The file to load. */
  readonly file: string;
  readonly options: NativePluginRequest['options'];
}

/** What that process says on descriptor 3: that it works, before it looks at the plug-in, and that it lives after it has. */
export const probeWords = { ready: 'ready\n', survived: 'survived\n' } as const;

/** A process with this variable is there to try native plug-ins: what ends it harms nobody, and it starts no other one. */
export const probeVariable = 'WASMEDGE_PLUGINS_PROBE';

/** Whether this process is one. */
export function isProbe(): boolean {
  return process.env[probeVariable] !== undefined;
}

const patienceMs = 20_000;
const maxAnswer = 1024;

/** Verdicts by what was tried: how it ended, or that it did not end badly. They hold for the process, since files are told by their bytes. */
const verdicts = new Map<string, string | undefined>();

/**
 * Loads a plug-in in a process of its own, as this one is about to: its code may end a process before anything can be asked of it. What it
 * cannot be loaded for otherwise is no matter here, and comes to light when this process loads it.
 *
 * @param file a file that does not change: a private copy.
 * @throws {NativePluginLoadError} when it ended the process or did not return, and when no process could try it.
 */
export function requireSurvivable(
  libraryPath: string,
  file: string,
  { path, sha256 }: PluginInspection,
  options: NativePluginRequest['options'],
): void {
  if (isProbe()) {
    return;
  }
  const request = serialize({ library: libraryPath, file, options } satisfies ProbeRequest);
  const key = `${sha256} ${request.toString('latin1')}`;
  if (!verdicts.has(key)) {
    verdicts.set(key, tryPlugin(path, request, patienceMs));
  }
  const end = verdicts.get(key);
  if (end !== undefined) {
    throw new NativePluginLoadError(
      `The native plug-in ${path} was not loaded: a process of its own, which loaded it first because its headers do not show whether it is safe, ${end}. Get another build of it, check it with wasmedge-plugins inspect, or use provider: 'embedded'.`,
    );
  }
}

/**
 * How the process ended; `undefined` when it survived the plug-in.
 *
 * @param request a serialised {@link ProbeRequest}.
 */
export function tryPlugin(path: string, request: Buffer, timeoutMs: number): string | undefined {
  const { signal, status, error, output } = spawnSync(process.execPath, [programFile(path)], {
    input: request,
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    // Electron's program is Node.js with this variable only.
    env: { ...process.env, [probeVariable]: '1', ELECTRON_RUN_AS_NODE: '1' },
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: maxAnswer,
    windowsHide: true,
  });
  const said = String(output?.[3] ?? '');
  if (!said.startsWith(probeWords.ready)) {
    const why = error?.message ?? `it ended with ${signal ?? `exit code ${status}`}`;
    throw notTried(path, `the process for it did not start: ${why}`);
  }
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT') {
    return `did not finish within ${timeoutMs / 1000} seconds`;
  }
  return status === 0 && said === `${probeWords.ready}${probeWords.survived}`
    ? undefined
    : `ended with ${signal ?? `exit code ${status}`}`;
}

function programFile(path: string): string {
  const file = helperFile('plugin-probe-worker');
  if (file === undefined) {
    throw notTried(
      path,
      'plugin-probe-worker.js, which tries it, is missing next to @wasmedge-plugins/core, and its text is not in the bundle',
    );
  }
  return file;
}

function notTried(path: string, why: string): NativePluginLoadError {
  return new NativePluginLoadError(
    `The native plug-in ${path} was not loaded: its headers do not show whether it can be loaded without crashing the process, and it could not be tried in another one: ${why}. Keep all files of a bundle together or mark @wasmedge-plugins/core as external, or vouch for the file with nativePlugins (sha256, lockFile or publicKeys).`,
  );
}
