import { type HostFunction, type HostModule, hostFunction, type Plugin } from '@wasmedge-plugins/core';
import { getString } from '../../src/plugin.js';

/** Mistakes that a plug-in of this kind can make; the suite must notice each. */
export type Defect = 'overrun' | 'upper ignored' | 'text before check';

/** The plug-in with one mistake, or with none. */
export function brokenPlugin(
  defect: Defect | undefined,
  options: Parameters<typeof getString>[0] = {},
): Plugin {
  const plugin = getString(defect === 'upper ignored' ? { ...options, upper: false } : options);
  return { ...plugin, create: (context) => withDefect(plugin.create(context), defect) };
}

function withDefect(instance: { readonly modules: readonly HostModule[] }, defect: Defect | undefined) {
  const modules = instance.modules.map((module) => {
    const right = module.functions.get_string as HostFunction;
    const get_string = hostFunction(['i32', 'i32', 'i32'], [], (caller, buffer, length, written) => {
      if (defect === 'text before check') caller.memory.fill(buffer, Math.min(length >>> 0, 5), 0);
      right.call(caller, buffer, defect === 'overrun' ? Math.max(length, 5) : length, written);
    });
    return { ...module, functions: { get_string } };
  });
  return { modules };
}
