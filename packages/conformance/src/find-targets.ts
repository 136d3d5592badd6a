import {
  checkOptionNames,
  type EngineName,
  findWasmEdge,
  type PlacementName,
  type ProviderName,
} from '@wasmedge-plugins/core';
import { nativePluginsVariable } from './native-file.js';
import { findReleased } from './released-file.js';
import { isRequired } from './required.js';
import type { ConformanceSuite } from './suite.js';
import type { IgnoredTarget, Target } from './target.js';

/** Which targets are wanted, and where a native plug-in may come from. */
export interface TargetOptions {
  /** The engines to run on. Default: all. */
  readonly engines?: readonly EngineName[] | undefined;
  /** The providers to run with. Default: all. */
  readonly providers?: readonly ProviderName[] | undefined;
  /** Where guests run. Default: `inline` only. */
  readonly placements?: readonly PlacementName[] | undefined;
  /**
   * Builds a native plug-in of the same name, modules and options, and returns its file. It is used, and shown as `native (stand-in)`, if
   * `WASMEDGE_NATIVE_PLUGINS` does not name a folder with the released one. Default: none; the native provider is then omitted.
   */
  readonly standIn?: (() => string | Promise<string>) | undefined;
}

/** Every name in {@link TargetOptions}. */
export const targetOptionNames = {
  engines: true,
  providers: true,
  placements: true,
  standIn: true,
} as const satisfies Record<keyof TargetOptions, true>;

/** What is available here, and what is not. */
export interface TargetChoice {
  /** Targets that a suite can be run on, by placement in the requested order; in each, embedded ones first. */
  readonly available: readonly Target[];
  /** Requested targets that are not available, each with its reason. */
  readonly ignored: readonly IgnoredTarget[];
}

/**
 * Finds out on which engines and providers a suite can be run here. A target that is omitted has its reason, and is `required`
 * when the variable `CI_REQUIRE` (a comma-separated list such as `wasmedge,v8,native`) names what is missing.
 *
 * @throws {ConformanceError} when `WASMEDGE_NATIVE_PLUGINS` names a folder that cannot be read.
 * @throws {InvalidArgumentError} for an unknown option.
 */
export async function findTargets(
  suite: ConformanceSuite,
  options: TargetOptions = {},
): Promise<TargetChoice> {
  checkOptionNames<TargetOptions>('findTargets()', options, targetOptionNames);
  const { available, ignored } = await findInlineTargets(suite, options);
  const { placements = ['inline'] } = options;
  return { available: placements.flatMap((placement) => available.map(placedAt(placement))), ignored };
}

function placedAt(placement: PlacementName): (target: Target) => Target {
  return (target) => (placement === 'inline' ? target : { ...target, placement });
}

async function findInlineTargets(suite: ConformanceSuite, options: TargetOptions): Promise<TargetChoice> {
  const { engines = ['v8', 'wasmedge'], providers = ['embedded', 'native'] } = options;
  const available: Target[] = [];
  const ignored: IgnoredTarget[] = [];
  const libraryProblem = engines.includes('wasmedge') ? await wasmEdgeProblem() : undefined;
  const ignore = (target: Target, reason: string, ...missing: string[]) => {
    ignored.push({ ...target, reason, required: isRequired(...missing) });
  };
  if (providers.includes('embedded')) {
    for (const engine of engines) {
      const target: Target = { engine, provider: 'embedded' };
      if (engine === 'wasmedge' && libraryProblem !== undefined) {
        ignore(target, libraryProblem, 'wasmedge');
      } else {
        available.push(target);
      }
    }
  }
  if (providers.includes('native') && engines.includes('wasmedge')) {
    const target: Target = { engine: 'wasmedge', provider: 'native' };
    if (libraryProblem !== undefined) {
      ignore(target, libraryProblem, 'wasmedge', 'native');
    } else {
      await addNative(suite, target, options, available, ignore);
    }
  }
  return { available, ignored };
}

async function addNative(
  suite: ConformanceSuite,
  target: Target,
  { standIn }: TargetOptions,
  available: Target[],
  ignore: (target: Target, reason: string, ...missing: string[]) => void,
): Promise<void> {
  const fileName = suite.createPlugin({ provider: 'native' }).native?.fileName;
  if (fileName === undefined) {
    ignore(target, `${suite.plugin} has no native plug-in`, 'native');
    return;
  }
  const { path, reason } = await findReleased(suite, target, fileName);
  if (path !== undefined) {
    available.push({ ...target, nativePath: path });
    return;
  }
  if (standIn === undefined) {
    ignore(target, reason, 'native');
    return;
  }
  try {
    available.push({ ...target, standIn: true, nativePath: await standIn() });
  } catch (error) {
    ignore({ ...target, standIn: true }, `the stand-in could not be built: ${messageOf(error)}`, 'native');
  }
  if (process.env[nativePluginsVariable]) {
    ignore(target, reason, 'native');
  }
}

async function wasmEdgeProblem(): Promise<string | undefined> {
  try {
    await findWasmEdge();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
