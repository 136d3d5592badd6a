import type { ProviderSetup } from '@wasmedge-plugins/conformance';
import type { Caller, HostFunction, HostModule, Plugin } from '@wasmedge-plugins/core';
import { suiteFor } from '../suite.js';

type Call = (caller: Caller, ...args: number[]) => number;
type Calls = Readonly<Record<string, Call>>;

/** Defects, each as a change of some functions; the first two are of WasmEdge's plug-in. */
const defects: Readonly<Record<string, (right: Calls) => Calls>> = {
  '17th graph': (right) => {
    let loaded = 0;
    return {
      load(caller, ...args) {
        loaded++;
        return call(right, 'load', caller, args);
      },
      init_execution_context: (caller, ...args) =>
        loaded > 16 && (args[0] as number) < 16 ? 1 : call(right, 'init_execution_context', caller, args),
    };
  },
  // LiteRT.js says in a line of text only that a computation has failed.
  'failure unseen': (right) => ({
    compute(caller, ...args) {
      call(right, 'compute', caller, args);
      return 0;
    },
  }),
  'outputs by signature': (right) => ({
    get_output: (caller, context, index, ...rest) => {
      const other = call(right, 'get_output', caller, [context as number, 1 - (index as number), ...rest]);
      return other === 0
        ? 0
        : call(right, 'get_output', caller, [context as number, index as number, ...rest]);
    },
  }),
  'output cut off': (right) => ({
    get_output(caller, context, index, buffer, size, written) {
      const all = [context, index, buffer, 4096, written] as number[];
      const errno = call(right, 'get_output', caller, all);
      if (errno === 0) {
        const length = Math.min(caller.memory.readU32(written as number), size as number);
        caller.memory.writeU32(written as number, length);
      }
      return errno;
    },
  }),
};

/** Names of all defects. */
export const defectNames: readonly string[] = Object.keys(defects);

/** The embedded plug-in on LiteRT.js with one defect, or with none. */
export function brokenTFLitePlugin(defectName: string | undefined, setup: ProviderSetup): Plugin {
  const change = defectName === undefined ? undefined : defects[defectName];
  if (defectName !== undefined && change === undefined) throw new Error(`There is no defect ${defectName}.`);
  const plugin = suiteFor('litert').createPlugin(setup);
  return {
    ...plugin,
    create(context) {
      const made = plugin.create(context);
      return { ...made, modules: made.modules.map((module) => breakModule(module, change)) };
    },
  };
}

function breakModule(module: HostModule, change: ((right: Calls) => Calls) | undefined): HostModule {
  if (change === undefined) return module;
  const entries = Object.entries(module.functions);
  const right: Calls = Object.fromEntries(
    entries.map(([name, target]) => [name, target.call.bind(target) as Call]),
  );
  const changed = change(right);
  const broken = entries.map(([name, target]) => [
    name,
    changed[name] === undefined ? target : ({ ...target, call: changed[name] } as HostFunction),
  ]);
  return { ...module, functions: Object.fromEntries(broken) };
}

function call(calls: Calls, name: string, caller: Caller, args: readonly number[]): number {
  return (calls[name] as Call)(caller, ...args);
}
