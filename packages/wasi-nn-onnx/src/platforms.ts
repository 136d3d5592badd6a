import type { PluginRelease } from '@wasmedge-plugins/core';

/** Where WasmEdge released a native WASI-NN plug-in for ONNX: nowhere. */
export const onnxReleases: readonly PluginRelease[] = [];
