import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { prepareImport } from '../prepare-import.js';
import { checkRuntimeOptions } from '../runtime/check-options.js';
import { createRuntimeWith, type GuestNeeds } from '../runtime/create-inline-runtime.js';
import type { Runtime } from '../runtime/runtime.js';
import type { RuntimeOptions } from '../runtime/runtime-options.js';
import { describeValue } from '../values/check-arguments.js';
import { checkChildOptions } from './caller/check-child-options.js';
import { refuseLimitsOfProcess } from './caller/check-limits.js';
import type { ChildOptions } from './interface/child-options.js';
import type { PlacedRuntime, PlacementName } from './interface/placed-runtime.js';

/** Options of {@link createRuntime} for guests that run in the calling thread. */
export interface InlineRuntimeOptions extends RuntimeOptions {
  /** Where guests run. Default: `inline`. */
  readonly placement?: 'inline' | undefined;
}

/** Options of {@link createRuntime} for guests that run in another thread or process. */
export interface PlacedRuntimeOptions extends RuntimeOptions {
  /** Where guests run: in a worker thread, or in a child process. */
  readonly placement: Exclude<PlacementName, 'inline'>;
  /** How the child process is started; with `placement: 'process'` only. Default: those of {@link ChildOptions}. */
  readonly child?: ChildOptions | undefined;
}

/**
 * Makes a runtime: one engine with one set of plug-ins.
 *
 * @throws {InvalidArgumentError} for an option of the wrong type.
 * @throws {LibraryNotFoundError} when engine `wasmedge` is asked for and no libwasmedge is found.
 * @throws {LibraryVersionError} when the libwasmedge has a version that is not supported.
 * @throws {CallbackSlotsError} when too many threads of the process already hold the callback slots that engine `wasmedge` needs in each.
 * @throws {LimitsUnavailableError} when the thread that enforces limits on engine `wasmedge` cannot be started.
 * @throws {PluginLockError} when the lock file of `nativePlugins` cannot be read.
 * @throws {DuplicateNameError} when two plug-ins or host modules have the same name.
 * @throws {UnsupportedByEngineError} when the chosen engine cannot do what another option asks for.
 * @throws {CannotCrossError} for a plug-in, host module or option that cannot go to another thread or process.
 * @throws {UnsupportedByPlacementError} when the placement is not available.
 * @throws a `NativePlugin…Error` when a native plug-in is not found, not trusted, or does not load; and what a plug-in's `create` throws.
 */
export function createRuntime(options: PlacedRuntimeOptions): Promise<PlacedRuntime>;
/**
 * Makes a runtime in the calling thread, whose calls return at once.
 *
 * @param options Default: engine `v8`, without plug-ins.
 * @throws the errors of a runtime in another placement, except those about the placement.
 */
export function createRuntime(options?: InlineRuntimeOptions): Promise<Runtime>;
export function createRuntime(
  options: InlineRuntimeOptions | PlacedRuntimeOptions,
): Promise<Runtime | PlacedRuntime>;
/** @param options Default: engine `v8` in the calling thread, without plug-ins. */
export async function createRuntime(
  options: InlineRuntimeOptions | PlacedRuntimeOptions = {},
): Promise<Runtime | PlacedRuntime> {
  return createRuntimeFor({}, options);
}

/**
 * {@link createRuntime} for guests about which something is known.
 *
 * @throws the errors of {@link createRuntime}.
 */
export async function createRuntimeFor(
  needs: GuestNeeds,
  options: InlineRuntimeOptions | PlacedRuntimeOptions,
): Promise<Runtime | PlacedRuntime> {
  checkRuntimeOptions(options);
  const { placement = 'inline', child } = options as Partial<PlacedRuntimeOptions>;
  checkChildOptions(placement, child);
  if (placement === 'inline') refuseLimitsOfProcess(placement, options.limits ?? {});
  if (placement === 'inline') return createRuntimeWith(options as InlineRuntimeOptions, undefined, needs);
  if (placement !== 'worker' && placement !== 'process') {
    throw new InvalidArgumentError(
      `The option placement must be inline, worker or process, not ${describeValue(placement)}.`,
    );
  }
  // A program whose guests run in its own thread does without.
  prepareImport();
  const { prepareRemote } = await import('./prepare-remote.js');
  const { runtime, source } = prepareRemote(placement, options).make();
  await source.open();
  return runtime;
}
