import type { ProviderSetup } from '@wasmedge-plugins/conformance';
import type { BlockingCaller, HostFunction, HostModule, Plugin } from '@wasmedge-plugins/core';
import type { Command, CommandOutcome } from '../../src/embedded/command.js';
import type { CommandRules } from '../../src/options.js';
import { processPlugin } from '../../src/plugin.js';
import type { Call, Calls, Defect } from './defect.js';
import { otherDefects } from './other-defects.js';
import { upstreamDefects } from './upstream-defects.js';

const defects: Readonly<Record<string, Defect>> = { ...upstreamDefects, ...otherDefects };
const prefix = 'wasmedge_process_';

/** Names of all defects. */
export const defectNames: readonly string[] = Object.keys(defects);

/** The embedded process plug-in with one defect, or with none. */
export function brokenProcessPlugin(defectName: string | undefined, { options }: ProviderSetup): Plugin {
  const defect = defectName === undefined ? {} : defects[defectName];
  if (defect === undefined) {
    throw new Error(`There is no defect ${defectName}.`);
  }
  const rules = (options ?? {}) as CommandRules;
  const plugin = processPlugin(defect.rules?.(rules) ?? rules);
  return {
    ...plugin,
    create(context) {
      const { modules } = plugin.create({ ...context, blocking: breakRunner(context.blocking, defect) });
      return { modules: modules.map((module) => breakModule(module, defect)) };
    },
  };
}

function breakRunner(blocking: BlockingCaller, { command, outcome }: Defect): BlockingCaller {
  return {
    call<Response>(task: Parameters<BlockingCaller['call']>[0], request: unknown): Response {
      const right = request as Command;
      const ended = blocking.call<CommandOutcome>(task, command?.(right) ?? right);
      return (outcome?.(ended, right) ?? ended) as Response;
    },
    callAsync: (task, request, options) => blocking.callAsync(task, request, options),
    [Symbol.dispose]: () => blocking[Symbol.dispose](),
  };
}

function breakModule(module: HostModule, { calls: change }: Defect): HostModule {
  if (change === undefined) {
    return module;
  }
  const entries = Object.entries(module.functions);
  const right: Calls = Object.fromEntries(
    entries.map(([name, target]) => [name.slice(prefix.length), target.call.bind(target) as Call]),
  );
  const changed = change(right);
  const broken = entries.map(([name, target]) => [
    name,
    { ...target, call: changed[name.slice(prefix.length)] } as HostFunction,
  ]);
  return { ...module, functions: Object.fromEntries(broken) };
}
