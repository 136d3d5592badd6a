import { type PluginRelease, pluginReleases } from '@wasmedge-plugins/core';
import { httpsReqPluginName } from './abi.js';

/** Where WasmEdge released the native HttpsReq plug-in; it was removed in 0.13.0. */
export const httpsReqReleases: readonly PluginRelease[] = pluginReleases(httpsReqPluginName);
