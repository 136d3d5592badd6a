import type { GuestSource, PlacedRuntime, Runtime } from '@wasmedge-plugins/core';
import { GuestExitError } from '@wasmedge-plugins/core/run';
import { exitCodeFor } from '../exit-code.js';
import { inFlags } from '../output/in-flags.js';
import { printJson } from '../output/print.js';
import { prepareRun } from './prepare-run.js';
import { callReactor, type ReactorCall } from './reactor.js';
import type { RunRequest } from './run-request.js';

/** Of each stream. JSON can have six characters for one byte, and a text of V8 has at most half a billion. */
const maxOutputBytes = 32 * 2 ** 20;

/** What came of a run, as `run --json` prints it. */
interface RunOutcome {
  readonly ok: boolean;
  /** What this command ends with. */
  readonly exitCode: number;
  readonly guest: string;
  /** The function that was called; absent for a command. */
  readonly function?: string | undefined;
  /** What it has returned: numbers, and texts for what JSON has no number for. */
  readonly results?: readonly (number | string)[] | undefined;
  readonly stdout: string | { readonly base64: string };
  readonly stderr: string | { readonly base64: string };
  readonly elapsedMs: number;
  readonly engine?: string;
  readonly plugins?: readonly { readonly name: string; readonly provider: string }[];
  readonly error?: { readonly code: string | undefined; readonly message: string };
}

type Ended = Pick<RunOutcome, 'function' | 'results' | 'exitCode' | 'error'>;
type Shown = Pick<RunOutcome, 'stdout' | 'stderr' | 'engine' | 'plugins'>;

/** Runs a guest, and prints what came of it as one value, also where the command line asks for what cannot be. */
export async function runAsJson(request: RunRequest): Promise<void> {
  const began = performance.now();
  const { exitCode, ...rest } = await outcomeOf(request).catch((error: unknown) => ({
    ...failure(error),
    stdout: '',
    stderr: '',
  }));
  const elapsedMs = Math.round(performance.now() - began);
  const outcome: RunOutcome = { ok: exitCode === 0, exitCode, guest: request.guest, ...rest, elapsedMs };
  printJson(outcome);
  process.exitCode = exitCode;
}

async function outcomeOf(request: RunRequest): Promise<Ended & Shown> {
  const { guest, call, open } = await prepareRun(request);
  await using runtime = await open({ stdout: 'capture', stderr: 'capture', maxOutputBytes });
  const ended = await perform(runtime, guest, call).catch(failure);
  const { engine, plugins } = runtime.report();
  return {
    ...ended,
    stdout: asText(runtime.stdout),
    stderr: asText(runtime.stderr),
    engine,
    plugins: plugins.map(({ name, provider }) => ({ name, provider })),
  };
}

function failure(error: unknown): Ended {
  const { message = String(error), code } = (error ?? {}) as { message?: string; code?: string };
  return { exitCode: exitCodeFor(error), error: { code, message: inFlags(message) } };
}

async function perform(
  runtime: Runtime | PlacedRuntime,
  guest: GuestSource,
  call: ReactorCall | undefined,
): Promise<Ended> {
  if (call === undefined) return { exitCode: await runtime.run(guest) };
  try {
    const texts = await callReactor(runtime, guest, call);
    return {
      exitCode: 0,
      function: call.name,
      results: texts.map((text, index) => numberOf(call, text, index)),
    };
  } catch (error) {
    if (!GuestExitError.isInstance(error)) throw error;
    return { exitCode: error.exitCode, function: call.name };
  }
}

/** A 64-bit integer, a NaN, an infinity and -0, which JSON would lose, stay texts. */
function numberOf({ results }: ReactorCall, text: string, index: number): number | string {
  const value = Number(text);
  return results[index] === 'i64' || !Number.isFinite(value) || Object.is(value, -0) ? text : value;
}

function asText(bytes: Uint8Array): RunOutcome['stdout'] {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}
