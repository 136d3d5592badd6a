import type { PluginCommandLine } from '@wasmedge-plugins/core';
import { processReleases } from './platforms.js';
import { processPlugin } from './plugin.js';

/** The process plug-in in `wasmedge-plugins run`; its options have the names that WasmEdge's command gives them. */
export const commandLine: PluginCommandLine = {
  options: [
    {
      flags: '--allow-command <name>',
      description: 'command that the guest may run, by its exact name; repeatable',
      repeatable: true,
    },
    { flags: '--allow-command-all', description: 'allow the guest every command' },
  ],
  releases: processReleases,
  create: (values, { provider }) =>
    processPlugin({
      provider,
      allowCommands: values['allow-command'] as readonly string[] | undefined,
      allowAllCommands: values['allow-command-all'] === true,
    }),
};
