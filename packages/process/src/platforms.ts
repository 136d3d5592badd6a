import type { PluginRelease } from '@wasmedge-plugins/core';

/** Where WasmEdge released the native process plug-in; it is removed after 0.17.1. */
export const processReleases: readonly PluginRelease[] = [
  { platform: 'linux', arch: 'x64', since: '0.10.0', until: '0.17.1' },
  { platform: 'linux', arch: 'arm64', since: '0.10.0', until: '0.17.1' },
];
