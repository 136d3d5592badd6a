import { type DefinedPlugin, definePlugin } from '@wasmedge-plugins/core';
import { httpsReqModuleName, httpsReqPluginName, oldHttpsReqModuleName } from './abi.js';
import { httpsReqHostModules } from './embedded/host-functions.js';
import { HttpsGate } from './embedded/https-gate.js';
import { HttpsSession } from './embedded/https-session.js';
import { HttpsSockets } from './embedded/https-sockets.js';
import { type HttpsReqPluginOptions, httpsOptions } from './options.js';
import { httpsReqReleases } from './platforms.js';

const nativeWarning =
  'The native HttpsReq plug-in checks no certificates, has no allow list, sends bytes of the guest after the name of a host, waits forever, and may crash this process when a guest passes an invalid pointer.';

/**
 * The HttpsReq plug-in: guests send HTTPS requests, to allowed hosts only.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [httpsReqPlugin({ allowHosts: ['example.org'] })] })
 */
export const httpsReqPlugin: DefinedPlugin<HttpsReqPluginOptions> = definePlugin({
  name: httpsReqPluginName,
  moduleNames: [httpsReqModuleName, oldHttpsReqModuleName],
  exportedAs: { package: '@wasmedge-plugins/httpsreq', from: import.meta.url, export: 'httpsReqPlugin' },
  options: httpsOptions,
  releases: httpsReqReleases,
  native: {
    fileName: 'wasmedgePluginHttpsReq',
    warning: nativeWarning,
    options: () => ({}),
    sockets: (rules, { blocking }) => new HttpsSockets(rules, new HttpsGate(rules), blocking),
  },
  create(rules, { blocking, perInstance }) {
    const gate = new HttpsGate(rules);
    return {
      modules: httpsReqHostModules(perInstance(() => new HttpsSession(gate, rules, blocking))),
      sockets: new HttpsSockets(rules, gate, blocking),
    };
  },
});
