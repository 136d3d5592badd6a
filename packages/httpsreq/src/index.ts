export {
  httpsReqModuleName,
  httpsReqPluginName,
  httpsReqSignatures,
  oldHttpsReqModuleName,
  oldHttpsReqSignatures,
} from './abi.js';
export { httpsRequestChannelName } from './channel.js';
export { createHttpsClient, type HttpsClient, type HttpsResponse } from './client.js';
export type { HttpsRequestInit } from './client-request.js';
export {
  AddressNotAllowedError,
  CertificateError,
  ConnectError,
  ConnectionLostError,
  HostNotAllowedError,
  HostNotFoundError,
  HttpTimeoutError,
  MalformedRequestError,
  MalformedResponseError,
  ProxyError,
  RequestRefusedError,
  RequestTooLargeError,
  ResponseTooLargeError,
  TlsError,
} from './errors.js';
export type { HookReference, HttpsRequestEnd, HttpsRequestInfo, RequestHook, ResponseHook } from './hooks.js';
export type { HttpsReqPluginOptions, HttpsRules } from './options.js';
export { httpsReqReleases } from './platforms.js';
export { httpsReqPlugin } from './plugin.js';
