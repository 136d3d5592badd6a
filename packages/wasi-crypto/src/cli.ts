import { wasiCryptoPlugin } from './plugin.js';

/** The WASI-Crypto plug-in in `wasmedge-plugins run`; it has no options there, as in WasmEdge's command. */
export const commandLine = wasiCryptoPlugin.commandLine;
