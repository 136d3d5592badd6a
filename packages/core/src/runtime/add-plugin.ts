import type { Engine, EngineInstance, LoadedNativePlugin } from '../engines/engine.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import type { HostModule } from '../host-module/host-module.js';
import type { GuestMemory } from '../memory/guest-memory.js';
import type { NativeModuleCalls } from '../plugin/native-guard.js';
import type { Plugin } from '../plugin/plugin.js';
import type { PluginContext } from '../plugin/plugin-context.js';
import type { SocketPolicy } from '../plugin/socket-policy.js';
import type { ImportTable } from './import-table.js';
import type { ResourceList } from './resource-list.js';
import type { PluginReport } from './runtime-report.js';

/** What a plug-in is added to. */
export interface PluginTarget {
  readonly engine: Engine;
  readonly context: PluginContext;
  readonly imports: ImportTable;
  readonly resources: ResourceList;
  /** What guests may do with WASI sockets; grows as plug-ins are added. */
  readonly sockets: SocketPolicy[];
  provide(module: HostModule): void;
}

/** A plug-in that was added. */
export interface AddedPlugin {
  /** What was chosen for it, as it is now. */
  report(): PluginReport;
  readonly native?: LoadedNativePlugin;
}

/** Makes a plug-in's modules available to guests; tells what was chosen. */
export function addPlugin(plugin: Plugin, target: PluginTarget): AddedPlugin {
  if (plugin.provider === 'embedded') {
    const instance = plugin.create(target.context);
    target.resources.use({ [Symbol.dispose]: () => instance[Symbol.dispose]?.() });
    if (instance.sockets !== undefined) {
      target.sockets.push(instance.sockets);
    }
    for (const module of instance.modules) {
      refuseFunctionsThatStay(plugin.name, module);
      target.provide(module);
    }
    const report: PluginReport = {
      name: plugin.name,
      provider: 'embedded',
      reason: plugin.reason ?? 'it works on every engine and platform',
      modules: instance.modules.map((module) => module.name),
    };
    return {
      report() {
        const { choices } = instance;
        return choices === undefined ? report : { ...report, choices };
      },
    };
  }
  const loaded = target.engine.addNativePlugin(plugin);
  const sockets = plugin.native?.sockets?.(target.context);
  if (sockets !== undefined) {
    target.sockets.push(sockets);
  }
  provideNativeModules(plugin, loaded, target);
  const report: PluginReport = {
    name: loaded.name,
    provider: 'native',
    reason: plugin.reason ?? "the plug-in's option provider asks for it",
    path: loaded.path,
    verifiedBy: loaded.verifiedBy,
    modules: loaded.moduleNames,
  };
  return { native: loaded, report: () => report };
}

/** A plug-in is made where its guests run, so the caller does not have its functions. */
function refuseFunctionsThatStay(plugin: string, { name, functions, otherForms = {} }: HostModule): void {
  const stays = [...Object.entries(functions), ...Object.entries(otherForms)].find(
    ([, { onCaller }]) => onCaller,
  );
  if (stays !== undefined) {
    throw new InvalidArgumentError(
      `The host function ${name}.${stays[0]} of the plug-in ${plugin} has on: 'caller', which is only for createRuntime({ hostModules }); use a function as an option of the plug-in instead.`,
    );
  }
}

/** Guests import the modules themselves, or what the plug-in puts before them. */
function provideNativeModules(
  { native }: Plugin,
  loaded: LoadedNativePlugin,
  { imports, context, provide }: PluginTarget,
): void {
  if (native?.guard === undefined) {
    for (const name of loaded.moduleNames) {
      imports.addNativeModule(name);
    }
    return;
  }
  for (const module of loaded.describe().modules) {
    const open = () => nativeCalls(loaded.open(module));
    provide(native.guard({ name: module.name, functions: module.functions, open }, context));
  }
}

function nativeCalls(instance: EngineInstance): NativeModuleCalls {
  return {
    exports: Object.fromEntries(instance.functions) as unknown as NativeModuleCalls['exports'],
    memory: instance.memory as GuestMemory,
    [Symbol.dispose]: () => instance[Symbol.dispose](),
  };
}
