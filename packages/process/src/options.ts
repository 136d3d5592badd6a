import type { OptionDefinitionsOf, PluginOptionValues, ProviderName } from '@wasmedge-plugins/core';

/** Which commands may run, and their limits. */
export interface CommandRules {
  /**
   * Commands that may run. The name a guest gives must be identical, byte for byte: `git` does not allow `/usr/bin/git`, nor vice versa.
   * Default: none.
   */
  readonly allowCommands?: readonly string[] | undefined;
  /** Allows every command; the guest can then do whatever the host's user can. Default: `false`. */
  readonly allowAllCommands?: boolean | undefined;
  /**
   * Variables that may be set for commands: names, prefixes such as `'MY_*'`, or `'all'`. Others are refused, just like a command that is not allowed. Many programs
   * load or run what a variable says: with `LD_PRELOAD`, `NODE_OPTIONS` or `GIT_SSH_COMMAND` an allowed command becomes any command, and `'all'` allows that.
   * Default: variables that neither belong to a known loader, shell, interpreter or tool nor have a name that suggests a path, a program or options; `PATH` and
   * `HOME` are refused, `LANG`, `TZ` and `GREETING` are not.
   */
  readonly allowEnv?: readonly string[] | 'all' | undefined;
  /** Maximum number of bytes of a command's stdout, and of its stderr; one that writes more is ended with an error. Default: 256 MiB. */
  readonly maxOutputBytes?: number | undefined;
  /** Maximum number of bytes of name, arguments, environment and stdin together that a guest may prepare for one command. Default: 256 MiB. */
  readonly maxPendingBytes?: number | undefined;
}

/** Options of {@link processPlugin}. */
export interface ProcessPluginOptions extends CommandRules {
  /**
   * `embedded`: functions of this package, on every engine and platform. `native`: the plug-in that WasmEdge released, on the engine
   * `wasmedge`; it passes on every variable, so `allowEnv` can only be `'all'` there, and it ignores `maxOutputBytes` and
   * `maxPendingBytes`. Default: `embedded`.
   */
  readonly provider?: ProviderName | undefined;
  /** File of the native plug-in. Default: the usual places are searched. */
  readonly nativePath?: string | undefined;
}

// One buffer of Node.js 20 cannot hold more than 4 GiB; a bound past it would not be one.
const byteCount = { type: 'integer', default: 256 * 1024 * 1024, max: 0xffff_ffff, unit: 'bytes' } as const;

/** The definitions of {@link CommandRules}, for the plug-in and the client. */
export const commandOptions = {
  allowCommands: {
    type: 'strings',
    default: [],
    description: 'command that the guest may run, by its exact name; repeatable',
    accepts: (name) => name !== '' && !name.includes('\0'),
    wanted: "an array of command names, such as ['git']",
    flags: [{ flags: '--allow-command <name>' }],
  },
  allowAllCommands: {
    type: 'boolean',
    default: false,
    description: 'allow the guest every command',
    flags: [{ flags: '--allow-command-all' }],
  },
  allowEnv: {
    type: 'custom',
    description:
      'variable that the guest may set for a command, by name or by a prefix such as MY_*; all others are refused; repeatable',
    read(given: CommandRules['allowEnv'], { refusal }): readonly string[] | 'all' | undefined {
      if (given === undefined || given === 'all' || isPatternList(given)) return given;
      throw refusal("'all' or an array of variable names and prefixes such as ['LANG', 'MY_*']");
    },
    flags: [
      { flags: '--allow-env <name>', repeatable: true },
      {
        flags: '--allow-env-all',
        description: 'allow the guest to set every variable, which can make an allowed command do anything',
        read: () => 'all',
      },
    ],
  },
  maxOutputBytes: { ...byteCount, description: 'maximum bytes of stdout, and of stderr', flags: [] },
  maxPendingBytes: { ...byteCount, description: 'maximum bytes prepared for one command', flags: [] },
} as const satisfies OptionDefinitionsOf<CommandRules>;

/** Rules with their defaults filled in. */
export type CheckedRules = PluginOptionValues<typeof commandOptions>;

/** A star may only stand at the end, after something: to allow all, use `'all'`. */
function isPatternList(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) && value.every((entry) => typeof entry === 'string' && /^[^*=\0]+\*?$/.test(entry))
  );
}
