import { readFileSync } from 'node:fs';
import { CannotCrossError, checkOptionNames, type Plugin, packPlugins } from '@wasmedge-plugins/core';
import type { CaseOutcome } from './case-result.js';
import { ConformanceError } from './errors.js';
import { IgnoredCase } from './ignored-case.js';
import { isRequired } from './required.js';
import { SharedCaseRuntime, type SharedOpening } from './shared-case-runtime.js';
import type { CaseContext, ConformanceCase, ConformanceSuite, RuntimeSetup } from './suite.js';
import type { Target } from './target.js';

/** Runs one case in this process and disposes what it made; the runtime that it leaves is for the next case. */
export async function runCaseHere(
  suite: ConformanceSuite,
  target: Target,
  conformanceCase: ConformanceCase,
  shared: SharedCaseRuntime = new SharedCaseRuntime(),
): Promise<CaseOutcome> {
  const runtimes: SharedOpening[] = [];
  let passed = false;
  try {
    try {
      await conformanceCase.run(createContext(suite, target, shared, runtimes));
      passed = true;
    } finally {
      for (const runtime of runtimes.reverse()) {
        await runtime.close(passed);
      }
    }
    return { status: 'passed' };
  } catch (thrown) {
    return thrown instanceof IgnoredCase
      ? { status: 'ignored', reason: thrown.message }
      : failedOrDiffers(target, conformanceCase, asError(thrown));
  }
}

/** A failure, unless the case says that upstream's plug-in, which a native target runs, does something else. */
export function failedOrDiffers(target: Target, conformanceCase: ConformanceCase, error: Error): CaseOutcome {
  const text = conformanceCase.upstreamDiffers;
  return target.provider === 'native' && text !== undefined
    ? { status: 'differs', text, error }
    : { status: 'failed', error };
}

function createContext(
  suite: ConformanceSuite,
  target: Target,
  shared: SharedCaseRuntime,
  runtimes: SharedOpening[],
): CaseContext {
  const { engine, placement = 'inline', provider, nativePath, standIn } = target;
  return {
    engine,
    placement,
    provider,
    ...(standIn && { standIn }),
    async createRuntime(options = {}) {
      checkOptionNames<RuntimeSetup>('createRuntime() of a case', options, {
        plugin: true,
        wasi: true,
        limits: true,
      });
      const { plugin, wasi, limits } = options;
      const setup = { provider, ...(nativePath !== undefined && { nativePath }), options: plugin };
      const plugins = [suite.createPlugin(setup)];
      const isShared = placement !== 'inline' || (suite.sharesRuntimes === true && canCross(plugins));
      const opened = await shared
        .open(target, { plugins, wasi, limits }, isShared)
        .catch(ignoreWhatCannotCross);
      runtimes.push(opened);
      return opened.runtime;
    },
    guest: (name) => readFileSync(new URL(`${name}.wasm`, suite.guests)),
    ignore(reason, requirement) {
      if (requirement !== undefined && isRequired(requirement)) {
        throw new ConformanceError(`CI_REQUIRE names ${requirement}, but: ${reason}`);
      }
      throw new IgnoredCase(reason);
    },
  };
}

/** Whether it can be told what makes the plug-ins, and so whether others are the same; inline they need not. */
function canCross(plugins: readonly Plugin[]): boolean {
  try {
    packPlugins({ plugins });
    return true;
  } catch (error) {
    if (CannotCrossError.isInstance(error)) return false;
    throw error;
  }
}

/** A case that looks into its plug-in, or hooks into it, does so in this thread only. */
function ignoreWhatCannotCross(error: unknown): never {
  throw CannotCrossError.isInstance(error) ? new IgnoredCase(error.message) : error;
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new Error(`the case threw ${String(thrown)}, which is not an error`);
}
