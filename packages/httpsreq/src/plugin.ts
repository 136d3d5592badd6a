import type { Plugin } from '@wasmedge-plugins/core';
import { hostModule } from '@wasmedge-plugins/core';
import { httpsReqModuleName, httpsReqPluginName, oldHttpsReqModuleName } from './abi.js';
import type { HttpsReqPluginOptions } from './options.js';

/**
 * The HttpsReq plug-in: guests send HTTPS requests. No host may be asked that is not allowed.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 * @example createRuntime({ plugins: [httpsReqPlugin({ allowHosts: ['example.org'] })] })
 */
export function httpsReqPlugin(options: HttpsReqPluginOptions = {}): Plugin {
  return {
    name: httpsReqPluginName,
    provider: options.provider ?? 'embedded',
    moduleNames: [httpsReqModuleName, oldHttpsReqModuleName],
    create: () => ({ modules: [hostModule(httpsReqModuleName, {})] }),
    native: { fileName: 'wasmedgePluginHttpsReq', path: options.nativePath, options: {} },
  };
}
