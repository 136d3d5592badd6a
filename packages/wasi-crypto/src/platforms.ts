import { type PluginRelease, pluginReleases } from '@wasmedge-plugins/core';
import { wasiCryptoPluginName } from './abi.js';

/** Where WasmEdge released the native WASI-Crypto plug-in. */
export const wasiCryptoReleases: readonly PluginRelease[] = pluginReleases(wasiCryptoPluginName);
