import { type PluginRelease, pluginReleases } from '@wasmedge-plugins/core';
import { nnPluginName } from '@wasmedge-plugins/wasi-nn';

/** Where WasmEdge released the native WASI-NN plug-in with PyTorch. */
export const pytorchReleases: readonly PluginRelease[] = pluginReleases(nnPluginName, 'pytorch');
