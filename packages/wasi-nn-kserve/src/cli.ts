import type { PluginCommandLine } from '@wasmedge-plugins/core';
import { describeServers } from './describe-servers.js';
import { kserve } from './plugin.js';
import { remotesOf } from './remote-flag.js';

/** The plug-in on inference servers in `wasmedge-plugins run`, and its servers in `doctor`. */
export const commandLine: PluginCommandLine = {
  ...kserve.commandLine,
  servers(values) {
    const models = remotesOf(values);
    // With the checks of the plug-in.
    kserve({ models });
    return describeServers(models);
  },
};
