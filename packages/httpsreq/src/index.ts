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
export { AddressNotAllowedError } from './errors/address-not-allowed-error.js';
export { CertificateError } from './errors/certificate-error.js';
export { ConnectError } from './errors/connect-error.js';
export { ConnectionLostError } from './errors/connection-lost-error.js';
export { HostNotAllowedError } from './errors/host-not-allowed-error.js';
export { HostNotFoundError } from './errors/host-not-found-error.js';
export { HttpTimeoutError } from './errors/http-timeout-error.js';
export { MalformedRequestError } from './errors/malformed-request-error.js';
export { MalformedResponseError } from './errors/malformed-response-error.js';
export { ProxyError } from './errors/proxy-error.js';
export { RequestRefusedError } from './errors/request-refused-error.js';
export { RequestTooLargeError } from './errors/request-too-large-error.js';
export { ResponseTooLargeError } from './errors/response-too-large-error.js';
export { TlsError } from './errors/tls-error.js';
export type { HookReference, HttpsRequestEnd, HttpsRequestInfo, RequestHook, ResponseHook } from './hooks.js';
export type { HttpsReqPluginOptions, HttpsRules } from './options.js';
export { httpsReqReleases } from './platforms.js';
export { httpsReqPlugin } from './plugin.js';
