import type { Caller, HostFunction, HostModule, Plugin } from '@wasmedge-plugins/core';

/** Stands around each call of a function: makes it, and passes its error code on. */
export type Around = (name: string, caller: Caller, call: () => number) => number;

/** The same plug-in, whose calls can be watched. */
export function watchedPlugin(plugin: Plugin, around: Around): Plugin {
  return {
    ...plugin,
    create(context) {
      const instance = plugin.create(context);
      return { ...instance, modules: instance.modules.map((module) => watchedModule(module, around)) };
    },
  };
}

function watchedModule(module: HostModule, around: Around): HostModule {
  const watched = Object.entries(module.functions).map(([name, target]): [string, HostFunction] => [
    name,
    {
      ...target,
      call: (caller, ...args) => around(name, caller, () => target.call(caller, ...args) as number),
    },
  ]);
  return { ...module, functions: Object.fromEntries(watched) };
}
