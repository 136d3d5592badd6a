import { isVersion, printableName, releasedPlugins } from '@wasmedge-plugins/core';
import { Command } from 'commander';
import { UsageError } from '../errors.js';
import type { Installed } from '../install/install-plugin.js';
import { assetsOf, parseInstallWish, parsePlatform } from '../install/install-request.js';
import { defaultReleases, releaseServer, releasesVariable } from '../install/release-server.js';
import { libraryInUse } from '../native-file/library-in-use.js';
import { print, printJson } from '../output/print.js';
import { wholeNumber } from '../run/parse-options.js';

interface InstallOptions {
  readonly version?: string;
  readonly baseUrl?: string;
  readonly dir?: string;
  readonly platform?: string;
  readonly force?: boolean;
  readonly timeout: number;
  readonly json?: boolean;
}

/** The command `install`. */
export function installCommand(): Command {
  return new Command('install')
    .description("Download a native plug-in from WasmEdge's releases, check it, and install it.")
    .argument('<plug-in>', 'one of those below, optionally with @version of WasmEdge')
    .option('--version <version>', 'release of WasmEdge (default: that of the libwasmedge in use)')
    .option('--base-url <address>', `where the releases are found (default: ${defaultReleases})`)
    .option('--dir <folder>', 'where to put the file (default: ~/.wasmedge/plugin)')
    .option('--platform <name>', 'for another machine: linux-x64, linux-arm64, darwin-x64, darwin-arm64')
    .option('--force', 'replace an existing file of that name')
    .option(
      '--timeout <ms>',
      'maximum milliseconds without data from the server',
      wholeNumber(1, 2 ** 31 - 1),
      30_000,
    )
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `\nPlug-ins: ${assetsOf(releasedPlugins)}.

The variable ${releasesVariable} works like --base-url; files are found there as <version>/<file>, and <version>/SHA256SUM
has their checksums. Proxies are taken from HTTPS_PROXY, HTTP_PROXY and NO_PROXY. An interrupted download resumes where it stopped.
Nothing is installed unless its SHA-256 matches the published one.`,
    )
    .action(install);
}

async function install(text: string, options: InstallOptions): Promise<void> {
  const { plugin, version } = parseInstallWish(text, options.version);
  // Only this command needs what talks to servers and reads archives.
  const { installPlugin, userPluginFolder } = await import('../install/install-plugin.js');
  const platform = options.platform === undefined ? undefined : parsePlatform(options.platform);
  const installed = await installPlugin({
    plugin,
    version: version ?? (await versionInUse()),
    platform,
    server: releaseServer(options.baseUrl),
    folder: options.dir ?? userPluginFolder(),
    force: options.force === true,
    timeoutMs: options.timeout,
  });
  if (options.json) {
    printJson(installed);
  } else {
    print(describe(installed));
  }
}

async function versionInUse(): Promise<string> {
  const { library, problem } = await libraryInUse();
  if (library === undefined || !isVersion(library.version)) {
    throw new UsageError(
      `a plug-in must be of the same release as libwasmedge, and none is in use here:${problem?.split('\n')[0] ?? library?.version} Name a version, such as wasi_crypto@0.14.1.`,
    );
  }
  return library.version;
}

function describe({ plugin, version, asset, sha256, path, outcome }: Installed): string {
  const done = {
    placed: `${plugin} ${version} is installed: ${path}`,
    replaced: `${plugin} ${version} is installed, replacing another file: ${path}`,
    unchanged: `${plugin} ${version} is already installed: ${path}`,
  }[outcome];
  return [done, `from ${asset}, SHA-256 ${sha256}, as published`]
    .map((line) => `${printableName(line)}\n`)
    .join('');
}
