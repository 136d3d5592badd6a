import type { ConformanceSuite, ProviderSetup } from '@wasmedge-plugins/conformance';
import { httpsReqPluginName } from '../src/abi.js';
import type { HttpsRules } from '../src/options.js';
import { httpsReqPlugin } from '../src/plugin.js';
import { allowListCases } from './cases/allow-list.js';
import { certificateCases } from './cases/certificates.js';
import { framingCases } from './cases/framing.js';
import { guestCases } from './cases/guests.js';
import { hookCases } from './cases/hooks.js';
import { limitCases } from './cases/limits.js';
import { proxyCases } from './cases/proxies.js';
import { rangeCases } from './cases/ranges.js';
import { requestCases } from './cases/requests.js';
import { stateCases } from './cases/state.js';

/** What the HTTPS plug-in must do, on any engine and provider. */
export const suite: ConformanceSuite = {
  plugin: httpsReqPluginName,
  title: 'HttpsReq plug-in',
  module: '@wasmedge-plugins/httpsreq/conformance',
  // From the source, and from the built file in `dist`.
  guests: new URL(import.meta.url.endsWith('.ts') ? './' : '../conformance/', import.meta.url),
  cases: [
    ...guestCases,
    ...requestCases,
    ...framingCases,
    ...stateCases,
    ...allowListCases,
    ...certificateCases,
    ...rangeCases,
    ...limitCases,
    ...hookCases,
    ...proxyCases,
  ],
  createPlugin({ provider, nativePath, options }: ProviderSetup) {
    return httpsReqPlugin({ ...(options as HttpsRules | undefined), provider, nativePath });
  },
};
