import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import type { NativeOptionValue } from '../../plugin/plugin.js';
import type { Library } from '../library.js';
import { declaredOptions } from './loaded-descriptor.js';
import type { LoadedPlugin } from './loaded-plugins.js';
import { setNnOptions } from './nn-options.js';
import { setProcessOptions } from './process-options.js';
import { storeOption } from './store-option.js';

/**
 * Sets the options of a loaded plug-in, for the module instances that are made from now on. The options of a C plug-in are written where
 * its descriptor says; those of a C++ plug-in can be set only where the C API has a function for it.
 */
export function setPluginOptions(
  library: Library,
  { path, descriptor }: LoadedPlugin,
  options: Readonly<Record<string, NativeOptionValue>>,
): void {
  const pluginName = descriptor.name;
  const declared = declaredOptions(descriptor);
  if (declared === undefined) {
    if (pluginName === 'wasmedge_process') {
      setProcessOptions(library, options);
    } else if (pluginName === 'wasi_nn') {
      setNnOptions(library, options);
    } else if (Object.keys(options).length > 0) {
      throw new InvalidArgumentError(
        `The options ${Object.keys(options).join(', ')} of the native plug-in ${pluginName} cannot be set: it is written in C++, and WasmEdge's C API has no function for that. They stay zero or empty, whatever its source says; pass what it needs in another way, or use provider: 'embedded'.`,
      );
    }
    return;
  }
  for (const [name, value] of Object.entries(options)) {
    const option = declared.find((entry) => entry.name === name);
    if (option === undefined) {
      throw new InvalidArgumentError(
        `The native plug-in ${pluginName} at ${path} has no option ${name}; it has: ${declared.map((entry) => entry.name).join(', ') || 'none'}.`,
      );
    }
    storeOption(option, value);
  }
}
