import { InvalidArgumentError, type ProviderName } from '@wasmedge-plugins/core';

/** Which commands may run, and what they may cost. */
export interface CommandRules {
  /**
   * Commands that may run. The name a guest gives must be the same, byte by byte: `git` does not allow `/usr/bin/git`, nor the other way
   * round. Default: none.
   */
  readonly allowCommands?: readonly string[] | undefined;
  /** Allows every command; the guest can then do whatever the host's user can. Default: `false`. */
  readonly allowAllCommands?: boolean | undefined;
  /**
   * Variables that may be set for commands: names, beginnings such as `'MY_*'`, or `'all'`. Others are refused, as a command is that is not allowed.
   * Many programs load or run what a variable says: with `LD_PRELOAD`, `NODE_OPTIONS` or `GIT_SSH_COMMAND` an allowed command becomes any command, and `'all'` allows
   * that. Default: variables that neither belong to a known loader, shell, interpreter or tool nor sound like a place, a program or options; `PATH`
   * and `HOME` are refused, `LANG`, `TZ` and `GREETING` are not.
   */
  readonly allowEnv?: readonly string[] | 'all' | undefined;
  /** Maximum number of bytes of a command's stdout, and of its stderr; one that writes more is ended with an error. Default: 256 MiB. */
  readonly maxOutputBytes?: number | undefined;
  /** Maximum number of bytes of name, arguments, environment and stdin that wait for one command. Default: 256 MiB. */
  readonly maxPendingBytes?: number | undefined;
}

/** Options of {@link processPlugin}. */
export interface ProcessPluginOptions extends CommandRules {
  /**
   * `embedded`: functions of this package, on every engine and platform. `native`: the plug-in that WasmEdge released, on the
   * engine `wasmedge`; it passes every variable, so `allowEnv` may only be `'all'` there, and `maxOutputBytes` and `maxPendingBytes`
   * mean nothing to it. Default: `embedded`.
   */
  readonly provider?: ProviderName | undefined;
  /** File of the native plug-in. Default: the usual places are searched. */
  readonly nativePath?: string | undefined;
}

const defaultMaxBytes = 256 * 1024 * 1024;

/** Rules with their defaults filled in. */
export type CheckedRules = {
  readonly [Key in Exclude<keyof CommandRules, 'allowEnv'>]-?: NonNullable<CommandRules[Key]>;
} & Pick<CommandRules, 'allowEnv'>;

/** Every name in {@link CommandRules}. */
export const ruleNames = {
  allowCommands: true,
  allowAllCommands: true,
  allowEnv: true,
  maxOutputBytes: true,
  maxPendingBytes: true,
} as const satisfies Record<keyof CommandRules, true>;

/**
 * Checks rules as they come from JavaScript, where types do not.
 *
 * @throws {InvalidArgumentError} when an option has the wrong type.
 */
export function checkRules(rules: CommandRules, caller: string): CheckedRules {
  const {
    allowCommands = [],
    allowAllCommands = false,
    allowEnv,
    maxOutputBytes = defaultMaxBytes,
    maxPendingBytes = defaultMaxBytes,
  } = rules;
  if (!Array.isArray(allowCommands) || !allowCommands.every(isCommandName)) {
    throw new InvalidArgumentError(
      `${caller}(): allowCommands must be an array of command names, such as ['git'].`,
    );
  }
  if (typeof allowAllCommands !== 'boolean') {
    throw new InvalidArgumentError(`${caller}(): allowAllCommands must be true or false.`);
  }
  if (
    allowEnv !== undefined &&
    allowEnv !== 'all' &&
    !(Array.isArray(allowEnv) && allowEnv.every(isVariablePattern))
  ) {
    throw new InvalidArgumentError(
      `${caller}(): allowEnv must be 'all' or an array of names of variables and beginnings such as ['LANG', 'MY_*'].`,
    );
  }
  checkByteCount(maxOutputBytes, 'maxOutputBytes', caller);
  checkByteCount(maxPendingBytes, 'maxPendingBytes', caller);
  return {
    allowCommands: [...allowCommands],
    allowAllCommands,
    allowEnv: Array.isArray(allowEnv) ? [...allowEnv] : allowEnv,
    maxOutputBytes,
    maxPendingBytes,
  };
}

function isCommandName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && !value.includes('\0');
}

/** A star stands at the end, behind something: all of them is another word. */
function isVariablePattern(value: unknown): value is string {
  return typeof value === 'string' && /^[^*=\0]+\*?$/.test(value);
}

function checkByteCount(value: unknown, name: string, caller: string): void {
  // One buffer of Node.js 20 cannot hold more than 4 GiB; a bound past it would be none.
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 0xffff_ffff) {
    throw new InvalidArgumentError(
      `${caller}(): ${name} must be a whole number of bytes from 0 to 4294967295, not ${String(value)}.`,
    );
  }
}
