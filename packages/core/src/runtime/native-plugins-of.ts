import type { LoadedNativePlugin } from '../engines/engine.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import type { Runtime } from './runtime.js';

const byRuntime = new WeakMap<Runtime, readonly LoadedNativePlugin[]>();

/** Keeps what describing the native plug-ins of a runtime needs. */
export function rememberNativePlugins(runtime: Runtime, plugins: readonly LoadedNativePlugin[]): void {
  byRuntime.set(runtime, plugins);
}

/**
 * The native plug-ins of a runtime.
 *
 * @throws {InvalidArgumentError} for what is not a runtime of this package.
 */
export function nativePluginsOf(runtime: Runtime): readonly LoadedNativePlugin[] {
  const plugins = byRuntime.get(runtime);
  if (plugins === undefined) {
    throw new InvalidArgumentError('The first argument must be a runtime that createRuntime() made.');
  }
  return plugins;
}
