import { type PluginRelease, pluginReleases } from '@wasmedge-plugins/core';
import { nnPluginName } from '@wasmedge-plugins/wasi-nn';

/** Where WasmEdge released the native WASI-NN plug-in with OpenVINO. */
export const openVinoReleases: readonly PluginRelease[] = pluginReleases(nnPluginName, 'openvino');
