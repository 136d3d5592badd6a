import {
  createRuntime,
  type GuestExecution,
  type PlacedRuntime,
  type RuntimeOptions,
} from '@wasmedge-plugins/core';
import type { CaseRuntime } from './case-runtime.js';
import { ConformanceError } from './errors.js';
import { inlineCaseRuntime } from './inline-case-runtime.js';
import type { Target } from './target.js';

/** A runtime that the runner has made for a case. */
export interface OpenedCaseRuntime {
  readonly runtime: CaseRuntime;
  close(): void | PromiseLike<void>;
}

/** The options of a runtime that a case may choose. */
export type CaseRuntimeOptions = Pick<RuntimeOptions, 'plugins' | 'wasi' | 'limits'>;

/** Makes a runtime where the target wants it. */
export async function openCaseRuntime(
  { engine, placement = 'inline', aot }: Target,
  options: CaseRuntimeOptions,
): Promise<OpenedCaseRuntime> {
  if (placement === 'inline') {
    const runtime = await createRuntime({ ...options, engine });
    return { runtime: inlineCaseRuntime(runtime), close: () => runtime[Symbol.dispose]() };
  }
  // What is compiled in the background would change in the middle of a case.
  const mode = engine === 'wasmedge' && placement === 'process' ? { aot: aot ?? ('off' as const) } : {};
  const runtime = await createRuntime({ ...options, engine, placement, ...mode });
  return {
    runtime: placedCaseRuntime(runtime),
    async close() {
      const { aot: used } = runtime.report();
      await runtime[Symbol.asyncDispose]();
      if (aot !== undefined) requireCompiled(used?.guests ?? []);
    },
  };
}

/** What was to be tested as compiled code must have been. */
function requireCompiled(guests: readonly GuestExecution[]): void {
  const interpreted = guests.find(({ runs }) => runs !== 'compiled');
  if (interpreted !== undefined) {
    throw new ConformanceError(`The guest ${interpreted.guest} was interpreted: ${interpreted.reason}.`);
  }
}

function placedCaseRuntime(runtime: PlacedRuntime): CaseRuntime {
  return {
    async run(guest) {
      const exitCode = await runtime.run(guest);
      return { exitCode, stdout: runtime.stdout, stderr: runtime.stderr };
    },
    instantiate: (guest, options) => runtime.instantiate(guest, options),
  };
}
