import { readFileSync } from 'node:fs';
import { InvalidArgumentError, type PluginCommandLine } from '@wasmedge-plugins/core';
import { httpsReqReleases } from './platforms.js';
import { httpsReqPlugin } from './plugin.js';

/** The HttpsReq plug-in in `wasmedge-plugins run`. */
export const commandLine: PluginCommandLine = {
  options: [
    {
      flags: '--allow-host <host>',
      description:
        'host that the guest may ask by HTTPS, as example.org, example.org:8443 or *.example.org; repeatable',
      repeatable: true,
    },
    {
      flags: '--allow-address <range>',
      description:
        'address or CIDR range that an allowed host may have although it is not public; repeatable',
      repeatable: true,
    },
    {
      flags: '--ca <file>',
      description: 'file with certificates of authorities that are trusted as well, in PEM; repeatable',
      repeatable: true,
    },
  ],
  releases: httpsReqReleases,
  create: (values, { provider }) =>
    httpsReqPlugin({
      provider,
      allowHosts: values['allow-host'] as readonly string[] | undefined,
      allowAddresses: values['allow-address'] as readonly string[] | undefined,
      ca: (values.ca as readonly string[] | undefined)?.map(readCa),
    }),
};

function readCa(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new InvalidArgumentError(`--ca names the file ${file}, which cannot be read; correct the path.`, {
      cause,
    });
  }
}
