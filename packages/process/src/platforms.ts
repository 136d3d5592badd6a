import { type PluginRelease, pluginReleases } from '@wasmedge-plugins/core';
import { processPluginName } from './abi.js';

/** Where WasmEdge released the native process plug-in. */
export const processReleases: readonly PluginRelease[] = pluginReleases(processPluginName);
