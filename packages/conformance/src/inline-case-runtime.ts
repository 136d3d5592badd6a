import type { Runtime } from '@wasmedge-plugins/core';
import type { CaseRuntime } from './case-runtime.js';
import { InlineCaseInstance } from './inline-case-instance.js';

/** A runtime in this thread as cases see it, for tests that use the building blocks of a suite. */
export function inlineCaseRuntime(runtime: Runtime): CaseRuntime {
  return {
    async run(guest) {
      const exitCode = runtime.run(guest);
      return { exitCode, stdout: runtime.stdout, stderr: runtime.stderr };
    },
    instantiate: async (guest, options) =>
      new InlineCaseInstance(runtime.instantiate(guest, options as object)) as never,
  };
}
