import type { HostFunction, HostModule, Plugin } from '@wasmedge-plugins/core';

/** Told each call of a function when it has answered. */
export type OnCall = (name: string, errno: number) => void;

/** The same plug-in, of which every call is told. */
export function watchedPlugin(plugin: Plugin, onCall: OnCall): Plugin {
  return {
    ...plugin,
    create(context) {
      const instance = plugin.create(context);
      return { ...instance, modules: instance.modules.map((module) => watchedModule(module, onCall)) };
    },
  };
}

function watchedModule(module: HostModule, onCall: OnCall): HostModule {
  const watched = Object.entries(module.functions).map(([name, target]): [string, HostFunction] => [
    name,
    {
      ...target,
      call(caller, ...args) {
        const errno = target.call(caller, ...args) as number;
        onCall(name, errno);
        return errno;
      },
    },
  ]);
  return { ...module, functions: Object.fromEntries(watched) };
}
