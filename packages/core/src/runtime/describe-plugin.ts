import { InvalidArgumentError } from '../errors/runtime-errors.js';
import type { Logger } from '../logger/logger.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { nativePlugin } from '../plugin/native-plugin.js';
import type { PluginDescription } from '../plugin-description/plugin-description.js';
import type { NativePluginTrust } from '../plugin-trust/trust-options.js';
import { createInlineRuntime } from './create-inline-runtime.js';
import { nativePluginsOf } from './native-plugins-of.js';
import type { Runtime } from './runtime.js';

/**
 * Describes a native plug-in of a runtime.
 *
 * @param pluginName its WasmEdge name.
 * @throws {InvalidArgumentError} when the runtime has no such native plug-in.
 * @throws {DisposedError} when the runtime was disposed.
 */
export function describePlugin(runtime: Runtime, pluginName: string): PluginDescription {
  const plugins = nativePluginsOf(runtime);
  const found = plugins.find(({ name }) => name === pluginName);
  if (found === undefined) {
    throw new InvalidArgumentError(
      `The runtime has no native plug-in ${pluginName}; it has: ${plugins.map(({ name }) => name).join(', ') || 'none'}.`,
    );
  }
  return found.describe();
}

/** Options of {@link describePluginFile}. */
export interface DescribePluginOptions {
  /** Path of a libwasmedge. Default: as for `createRuntime`. */
  readonly library?: string | undefined;
  /** Which files may be loaded. Default: any. */
  readonly nativePlugins?: NativePluginTrust | undefined;
  /** Receives warnings. Default: warnings and errors go to stderr. */
  readonly logger?: Logger | undefined;
}

/**
 * Loads the native plug-in of a file and describes it. It runs in this process and stays loaded: use a child process for a file that
 * you only want to inspect.
 *
 * @throws {InvalidArgumentError} for an option that does not exist.
 * @throws the errors of `createRuntime` when it does not load.
 */
export async function describePluginFile(
  path: string,
  options: DescribePluginOptions = {},
): Promise<PluginDescription> {
  checkOptionNames<DescribePluginOptions>('describePluginFile()', options, {
    library: true,
    nativePlugins: true,
    logger: true,
  });
  using runtime = await createInlineRuntime({
    engine: 'wasmedge',
    plugins: [nativePlugin({ path })],
    ...options,
  });
  const [loaded] = nativePluginsOf(runtime);
  if (loaded === undefined) {
    throw new InvalidArgumentError(`${path} was not loaded.`);
  }
  return loaded.describe();
}
