import type { PluginRelease } from '@wasmedge-plugins/core';

/** Where WasmEdge released a native WASI-NN plug-in on inference servers: nowhere. */
export const kserveReleases: readonly PluginRelease[] = [];
