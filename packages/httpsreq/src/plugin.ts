import { checkOptionNames, InvalidArgumentError, type Plugin } from '@wasmedge-plugins/core';
import { httpsReqModuleName, httpsReqPluginName, oldHttpsReqModuleName } from './abi.js';
import { checkRules, ruleNames } from './check-rules.js';
import { httpsReqHostModules } from './embedded/host-functions.js';
import { HttpsGate } from './embedded/https-gate.js';
import { HttpsSession } from './embedded/https-session.js';
import { HttpsSockets } from './embedded/https-sockets.js';
import type { HttpsReqPluginOptions } from './options.js';

const nativeWarning =
  'The native HttpsReq plug-in checks no certificate and knows no allow list, sends bytes of the guest behind the name of a host, waits without end, and may crash this process when a guest passes a bad pointer.';

/**
 * The HttpsReq plug-in: guests send HTTPS requests. No host may be asked that is not allowed.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [httpsReqPlugin({ allowHosts: ['example.org'] })] })
 */
export function httpsReqPlugin(options: HttpsReqPluginOptions = {}): Plugin {
  checkOptionNames<HttpsReqPluginOptions>('httpsReqPlugin()', options, {
    ...ruleNames,
    provider: true,
    nativePath: true,
  });
  const rules = checkRules(options, 'httpsReqPlugin');
  const { provider = 'embedded', nativePath } = options;
  if (provider !== 'embedded' && provider !== 'native') {
    throw new InvalidArgumentError(
      `httpsReqPlugin(): provider must be 'embedded' or 'native', not ${String(provider)}.`,
    );
  }
  if (nativePath !== undefined && (typeof nativePath !== 'string' || nativePath === '')) {
    throw new InvalidArgumentError('httpsReqPlugin(): nativePath must be the path of a file.');
  }
  return {
    name: httpsReqPluginName,
    provider,
    moduleNames: [httpsReqModuleName, oldHttpsReqModuleName],
    create({ blocking }) {
      const gate = new HttpsGate(rules);
      return {
        modules: httpsReqHostModules(() => new HttpsSession(gate, rules, blocking)),
        sockets: new HttpsSockets(rules, gate, blocking),
      };
    },
    native: {
      fileName: 'wasmedgePluginHttpsReq',
      path: nativePath,
      options: {},
      warning: nativeWarning,
      sockets: ({ blocking }) => new HttpsSockets(rules, new HttpsGate(rules), blocking),
    },
  };
}
