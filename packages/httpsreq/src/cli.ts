import type { PluginCommandLine } from '@wasmedge-plugins/core';
import { httpsReqReleases } from './platforms.js';
import { httpsReqPlugin } from './plugin.js';

/** The HttpsReq plug-in in `wasmedge-plugins run`. */
export const commandLine: PluginCommandLine = {
  options: [
    {
      flags: '--allow-host <host>',
      description: 'host that the guest may ask by HTTPS, as example.org[:443]; repeatable',
      repeatable: true,
    },
  ],
  releases: httpsReqReleases,
  create: (values, { provider }) =>
    httpsReqPlugin({ provider, allowHosts: values['allow-host'] as readonly string[] | undefined }),
};
