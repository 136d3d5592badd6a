import type { ProviderSetup } from '@wasmedge-plugins/conformance';
import type { BlockingCaller, HostFunction, HostModule, Plugin } from '@wasmedge-plugins/core';
import { httpsReqModuleName } from '../../src/abi.js';
import type { HttpsRules } from '../../src/options.js';
import { httpsReqPlugin } from '../../src/plugin.js';
import type { Call, Calls, Defect } from './defect.js';
import { otherDefects } from './other-defects.js';
import { upstreamDefects } from './upstream-defects.js';

const defects: Readonly<Record<string, Defect>> = { ...upstreamDefects, ...otherDefects };
const prefix = 'wasmedge_httpsreq_';

/** Names of all defects. */
export const defectNames: readonly string[] = Object.keys(defects);

/** The embedded HttpsReq plug-in with one defect, or with none. */
export function brokenHttpsReqPlugin(defectName: string | undefined, { options }: ProviderSetup): Plugin {
  const defect = defectName === undefined ? {} : defects[defectName];
  if (defect === undefined) {
    throw new Error(`There is no defect ${defectName}.`);
  }
  const rules = (options ?? {}) as HttpsRules;
  const plugin = httpsReqPlugin(defect.rules?.(rules) ?? rules);
  return {
    ...plugin,
    create(context) {
      const { modules, sockets } = plugin.create(context);
      return {
        modules: modules
          .filter(({ name }) => name === httpsReqModuleName || !defect.withoutOldModule)
          .map((module) =>
            module.name === httpsReqModuleName ? breakModule(module, defect, context.blocking) : module,
          ),
        sockets: defect.sockets === 'none' ? undefined : (defect.sockets ?? sockets),
      };
    },
  };
}

function breakModule(module: HostModule, { calls: change }: Defect, blocking: BlockingCaller): HostModule {
  if (change === undefined) {
    return module;
  }
  const right = (name: string): Call => {
    const target = module.functions[`${prefix}${name}`];
    if (target === undefined) {
      throw new Error(`The plug-in has no function ${name}.`);
    }
    return target.call.bind(target) as Call;
  };
  const calls: Calls = {
    send_data: right('send_data'),
    get_rcv: right('get_rcv'),
    get_rcv_len: right('get_rcv_len'),
  };
  const changed: Readonly<Record<string, Call>> = { ...calls, ...change(calls, blocking) };
  const broken = Object.entries(module.functions).map(([name, target]) => [
    name,
    { ...target, call: changed[name.slice(prefix.length)] } as HostFunction,
  ]);
  return { ...module, functions: Object.fromEntries(broken) };
}
