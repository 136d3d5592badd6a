import type { ProviderSetup } from '@wasmedge-plugins/conformance';
import type { HostFunction, HostModule, Plugin } from '@wasmedge-plugins/core';
import type { WasiCryptoPluginOptions } from '../../src/options.js';
import { wasiCryptoPlugin } from '../../src/plugin.js';
import type { FunctionName } from '../drive/raw-calls.js';
import { constantDefects } from './constant-defects.js';
import type { Call, Calls, Defect } from './defect.js';
import { otherDefects } from './other-defects.js';
import { OwnCalls } from './own-calls.js';
import { upstreamDefects } from './upstream-defects.js';
import { upstreamErrors } from './upstream-errors.js';
import { upstreamSignatureDefects } from './upstream-signature-defects.js';
import { wrongErrors } from './wrong-errors.js';

const defects: Readonly<Record<string, Defect>> = {
  ...upstreamDefects,
  ...upstreamSignatureDefects,
  ...upstreamErrors,
  ...wrongErrors,
  ...otherDefects,
  ...constantDefects,
};

/** Names of all defects. */
export const defectNames: readonly string[] = Object.keys(defects);

/** The embedded WASI-Crypto plug-in with one defect, or with none. */
export function brokenWasiCryptoPlugin(defectName: string | undefined, { options }: ProviderSetup): Plugin {
  const defect = defectName === undefined ? {} : defects[defectName];
  if (defect === undefined) {
    throw new Error(`There is no defect ${defectName}.`);
  }
  const given = (options ?? {}) as WasiCryptoPluginOptions;
  const plugin = wasiCryptoPlugin(defect.options?.(given) ?? given);
  return {
    ...plugin,
    create(context) {
      const instance = plugin.create(context);
      return { ...instance, modules: breakModules(instance.modules, defect) };
    },
  };
}

function breakModules(modules: readonly HostModule[], { calls }: Defect): HostModule[] {
  const functions = modules.flatMap((module) => Object.entries(module.functions));
  const right = Object.fromEntries(
    functions.map(([name, target]) => [name, target.call.bind(target) as Call]),
  ) as Calls;
  const own = new OwnCalls(right);
  const changed = calls?.({ right, own }) ?? {};
  const onHandlesOf = (call: Call | undefined): Call | undefined =>
    call &&
    ((caller, ...args) => {
      own.instance = caller.instance;
      return call(caller, ...args);
    });
  return modules.map((module) => {
    const broken = Object.entries(module.functions).map(([name, target]) => [
      name,
      { ...target, call: onHandlesOf(changed[name as FunctionName]) ?? target.call } as HostFunction,
    ]);
    return { ...module, functions: Object.fromEntries(broken) };
  });
}
