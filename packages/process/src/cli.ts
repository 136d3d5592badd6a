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
    {
      flags: '--allow-env <name>',
      description:
        'variable that the guest may set for a command, by its name or its beginning as MY_*, and no other; repeatable',
      repeatable: true,
    },
    {
      flags: '--allow-env-all',
      description: 'allow the guest to set every variable, with which an allowed command can become any',
    },
  ],
  releases: processReleases,
  create: (values, { provider }) =>
    processPlugin({
      provider,
      allowCommands: values['allow-command'] as readonly string[] | undefined,
      allowAllCommands: values['allow-command-all'] === true,
      allowEnv: values['allow-env-all'] === true ? 'all' : listOf(values['allow-env']),
    }),
};

/** No list at all where the option was not given. */
function listOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.length > 0 ? value : undefined;
}
