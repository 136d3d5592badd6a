import type { PluginRelease } from '@wasmedge-plugins/core';

/** Where WasmEdge released the native HttpsReq plug-in; it was removed in 0.13.0. */
export const httpsReqReleases: readonly PluginRelease[] = [
  { platform: 'linux', arch: 'x64', since: '0.11.1', until: '0.12.1' },
  { platform: 'linux', arch: 'arm64', since: '0.11.1', until: '0.12.1' },
];
