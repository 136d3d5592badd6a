export {
  httpsReqModuleName,
  httpsReqPluginName,
  httpsReqSignatures,
  oldHttpsReqModuleName,
  oldHttpsReqSignatures,
} from './abi.js';
export { createHttpsClient, type HttpsClient, type HttpsResponse } from './client/create-https-client.js';
export type { HttpsRequestInit } from './client/request-init.js';
export { httpsRequestChannelName } from './embedded/channel.js';
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
export type {
  HttpsRequestEnd,
  HttpsRequestInfo,
  RequestHook,
  ResponseHook,
  WaitingRequestHook,
} from './hook-options.js';
export type { HttpsReqPluginOptions, HttpsRules } from './options.js';
export { httpsReqReleases } from './platforms.js';
export { httpsReqPlugin } from './plugin.js';
