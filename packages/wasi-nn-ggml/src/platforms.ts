import { type PluginRelease, pluginReleases } from '@wasmedge-plugins/core';
import { nnPluginName } from '@wasmedge-plugins/wasi-nn';

/** Where WasmEdge released the native WASI-NN plug-in with GGML. */
export const ggmlReleases: readonly PluginRelease[] = pluginReleases(nnPluginName, 'ggml');
