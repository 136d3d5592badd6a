import { processPlugin } from './plugin.js';

/** The process plug-in in `wasmedge-plugins run`; its options have the names that WasmEdge's command gives them. */
export const commandLine = processPlugin.commandLine;
