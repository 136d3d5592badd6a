export {
  httpsReqModuleName,
  httpsReqPluginName,
  httpsReqSignatures,
  oldHttpsReqModuleName,
  oldHttpsReqSignatures,
} from './abi.js';
export type {
  HookReference,
  HttpsRequestEnd,
  HttpsRequestInfo,
  RequestHook,
  ResponseHook,
} from './hooks.js';
export type { HttpsReqPluginOptions, HttpsRules } from './options.js';
export { httpsReqReleases } from './platforms.js';
export { httpsReqPlugin } from './plugin.js';
