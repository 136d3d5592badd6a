import {
  type AotMode,
  createRuntime,
  type EngineName,
  type PlacementName,
  type PluginCommandLineValue,
  type ProviderName,
} from '@wasmedge-plugins/core';
import { Command, Option } from 'commander';
import { printAside } from '../output/print.js';
import type { PluginPackage } from '../packages/plugin-package.js';
import { choosePlugins } from '../run/choose-plugins.js';
import { refuseForbidden } from '../run/forbidden-plugins.js';
import { formatExecutions, formatReport } from '../run/format-report.js';
import { addNativePlugin, type NativePluginFlag, nativePlugins } from '../run/native-plugins.js';
import { addDir, addEnv, addValue, type DirOption, wholeNumber } from '../run/parse-options.js';
import { addPluginOptions, givenValues } from '../run/plugin-options.js';
import { parseReactorCall } from '../run/reactor.js';
import { readGuestTypes } from '../run/read-guest.js';
import { runGuest } from '../run/run-guest.js';
import { trustFrom } from '../trust/trust-flags.js';

interface RunOptions {
  readonly engine?: EngineName;
  readonly placement: PlacementName;
  readonly aot?: AotMode;
  readonly provider: ProviderName;
  readonly plugin?: string[];
  readonly forbiddenPlugin?: string[];
  readonly dir?: DirOption[];
  readonly env?: Record<string, string>;
  readonly gasLimit?: number;
  readonly timeLimit?: number;
  readonly memoryPageLimit?: number;
  readonly reactor?: boolean;
  readonly library?: string;
  readonly nativePlugin?: NativePluginFlag[];
  readonly lockFile?: string;
  readonly publicKey?: string[];
  readonly refuseUnverified?: boolean;
  readonly trace?: boolean;
  readonly verbose?: boolean;
}

/** The command `run`; the installed plug-in packages add their options to it. */
export function runCommand(installed: readonly PluginPackage[]): Command {
  const command = new Command('run')
    .description('Run a guest. Options stand before the guest; everything after it goes to the guest.')
    .argument('<guest>', 'the wasm file')
    .argument('[args...]', "the guest's arguments; with --reactor a function and its values")
    .passThroughOptions()
    .addOption(
      new Option(
        '--engine <name>',
        'what executes the guest (default: v8, or what other options need)',
      ).choices(['v8', 'wasmedge']),
    )
    .addOption(
      new Option(
        '--placement <name>',
        'where the guest runs: in this thread, in a worker, or in a process of its own',
      )
        .choices(['inline', 'worker', 'process'])
        .default('inline'),
    )
    .addOption(
      new Option(
        '--aot <mode>',
        'when the guest is native code that was compiled here: once that is ready (background), from its first call on (wait), never (off), or once it is ready in the process of the command (inline); engine wasmedge (default: background with --placement process, else off)',
      ).choices(['background', 'wait', 'off', 'inline']),
    )
    .addOption(
      new Option('--provider <name>', "where plug-ins' functions come from")
        .choices(['embedded', 'native'])
        .default('embedded'),
    )
    .option(
      '--plugin <name>',
      'plug-in to load, by WasmEdge or package name; repeatable (default: those the guest imports)',
      addValue,
    )
    .option('--forbidden-plugin <name>', 'plug-in that must not be loaded; repeatable', addValue)
    .option(
      '--dir <[guest:]host>',
      'folder the guest may use, and its name for the guest; repeatable',
      addDir,
    )
    .option('--env <NAME=VALUE>', "variable of the guest's environment; repeatable", addEnv)
    .option(
      '--reactor',
      'call a function of the guest and print its results (the default when it exports no _start)',
    )
    .option('--gas-limit <cost>', 'maximum number of instructions of a call; engine wasmedge', wholeNumber(1))
    .option(
      '--time-limit <ms>',
      'maximum milliseconds of a call, 0 for no limit; engine wasmedge, or placement worker or process',
      wholeNumber(0, 2 ** 31 - 1),
    )
    .option(
      '--memory-page-limit <pages>',
      'maximum pages of 64 KiB of all memories of the guest together',
      wholeNumber(0, 65_536),
    )
    .option('--library <file>', 'the libwasmedge to use; engine wasmedge')
    .option(
      '--native-plugin <file[:option=value...]>',
      'any native plug-in, with its options; engine wasmedge; repeatable',
      addNativePlugin,
    )
    .option('--lock-file <file>', 'load only native plug-ins that this lock file has')
    .option(
      '--public-key <file>',
      'load only native plug-ins that this Ed25519 key signed, or the lock file has; repeatable',
      addValue,
    )
    .option('--refuse-unverified', 'load no native plug-in that neither lock file nor signature vouches for')
    .option('--trace', 'print every call of a plug-in to stderr')
    .option('--verbose', 'say on stderr what was chosen and why, and show the stack of an error')
    .action((guest: string, args: string[], options: RunOptions) =>
      run(guest, args, options, givenValues(command, pluginOptions), installed),
    );
  const pluginOptions = addPluginOptions(command, installed);
  return command;
}

async function run(
  guest: string,
  args: string[],
  options: RunOptions,
  values: Record<string, PluginCommandLineValue>,
  installed: readonly PluginPackage[],
): Promise<void> {
  const { plugin: named = [], forbiddenPlugin: forbidden = [], nativePlugin: files = [], provider } = options;
  refuseForbidden(forbidden, named, files);
  const types = readGuestTypes(guest);
  const isReactor = options.reactor || !types.exports.some(({ name }) => name === '_start');
  const call = isReactor ? parseReactorCall(types.exports, args) : undefined;
  const trust = trustFrom(options);
  const runtimeOptions = {
    engine: options.engine,
    library: options.library,
    aot: options.aot,
    nativePlugins: trust,
    plugins: [
      ...(await choosePlugins({ named, forbidden, provider, values }, types, installed)),
      ...(await nativePlugins(files, options.library, trust)),
    ],
    wasi: {
      args: call === undefined ? args : [],
      env: options.env,
      preopens: Object.fromEntries((options.dir ?? []).map(({ guest: name, host }) => [name, host])),
    },
    limits: {
      ...(options.gasLimit !== undefined && { cost: options.gasLimit }),
      ...(options.timeLimit && { timeoutMs: options.timeLimit }),
      ...(options.memoryPageLimit !== undefined && { memoryPages: options.memoryPageLimit }),
    },
    ...(options.trace && { trace: true }),
  };
  const { placement } = options;
  await using runtime = await (placement === 'inline'
    ? createRuntime(runtimeOptions)
    : createRuntime({ ...runtimeOptions, placement }));
  if (options.verbose) {
    printAside(formatReport(runtime.report()));
  }
  try {
    await runGuest(runtime, guest, call);
  } finally {
    if (options.verbose) {
      printAside(formatExecutions(runtime.report()));
    }
  }
}
