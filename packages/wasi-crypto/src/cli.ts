import type { PluginCommandLine } from '@wasmedge-plugins/core';
import { wasiCryptoReleases } from './platforms.js';
import { wasiCryptoPlugin } from './plugin.js';

/** The WASI-Crypto plug-in in `wasmedge-plugins run`; it has no options there, as in WasmEdge's command. */
export const commandLine: PluginCommandLine = {
  options: [],
  releases: wasiCryptoReleases,
  create: (_values, { provider }) => wasiCryptoPlugin({ provider }),
};
