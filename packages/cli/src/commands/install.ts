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
    .description("Get a native plug-in from WasmEdge's releases, check it, and put it where it is found.")
    .argument('<plug-in>', 'one of those below; with @version for one of WasmEdge')
    .option('--version <version>', 'release of WasmEdge (default: that of the libwasmedge in use)')
    .option('--base-url <address>', `where the releases are (default: ${defaultReleases})`)
    .option('--dir <folder>', 'where to put the file (default: ~/.wasmedge/plugin)')
    .option('--platform <name>', 'for another machine: linux-x64, linux-arm64, darwin-x64, darwin-arm64')
    .option('--force', 'replace another file of that name')
    .option('--timeout <ms>', 'how long the server may be silent', wholeNumber(1, 2 ** 31 - 1), 30_000)
    .option('--json', 'print what was done as JSON')
    .addHelpText(
      'after',
      `\nPlug-ins: ${assetsOf(releasedPlugins)}.

The variable ${releasesVariable} names the releases as --base-url does; files lie there as <version>/<file>, and <version>/SHA256SUM
has their sums. Proxies are taken from HTTPS_PROXY, HTTP_PROXY and NO_PROXY. An interrupted download goes on where it stopped.
Nothing is installed whose SHA-256 is not the published one.`,
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
      `a plug-in must be of the same release as libwasmedge, and none is in use here: ${problem?.split('\n')[0] ?? library?.version} Name a version, such as wasi_crypto@0.14.1.`,
    );
  }
  return library.version;
}

function describe({ plugin, version, asset, sha256, path, outcome }: Installed): string {
  const done = {
    placed: `${plugin} ${version} is installed: ${path}`,
    replaced: `${plugin} ${version} is installed, in place of another file: ${path}`,
    unchanged: `${plugin} ${version} is there already: ${path}`,
  }[outcome];
  return [done, `from ${asset}, SHA-256 ${sha256}, as published`]
    .map((line) => `${printableName(line)}\n`)
    .join('');
}
