import type { PluginRelease } from '@wasmedge-plugins/core';

/** Where WasmEdge released the native WASI-Crypto plug-in. */
export const wasiCryptoReleases: readonly PluginRelease[] = [
  { platform: 'linux', arch: 'x64', since: '0.10.1' },
  { platform: 'linux', arch: 'arm64', since: '0.10.1' },
  { platform: 'darwin', arch: 'x64', since: '0.10.1' },
  { platform: 'darwin', arch: 'arm64', since: '0.10.1' },
];
