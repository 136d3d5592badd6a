import { createRuntime, type PlacedRuntime, type RuntimeOptions } from '@wasmedge-plugins/core';
import type { CaseRuntime } from './case-runtime.js';
import { inlineCaseRuntime } from './inline-case-runtime.js';
import type { Target } from './target.js';

/** A runtime that the runner has made for a case. */
export interface OpenedCaseRuntime {
  readonly runtime: CaseRuntime;
  close(): void | PromiseLike<void>;
}

/** Makes a runtime where the target wants it. */
export async function openCaseRuntime(
  { engine, placement = 'inline' }: Target,
  options: Pick<RuntimeOptions, 'plugins' | 'wasi' | 'limits'>,
): Promise<OpenedCaseRuntime> {
  if (placement === 'inline') {
    const runtime = await createRuntime({ ...options, engine });
    return { runtime: inlineCaseRuntime(runtime), close: () => runtime[Symbol.dispose]() };
  }
  const runtime = await createRuntime({ ...options, engine, placement });
  return { runtime: placedCaseRuntime(runtime), close: () => runtime[Symbol.asyncDispose]() };
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
