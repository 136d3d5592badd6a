import type { PluginCommandLineValue } from '@wasmedge-plugins/core';
import { optionName } from '../output/option-name.js';
import { knownOptions } from '../packages/plugin-options.js';
import { isInstalled } from '../packages/plugin-package.js';
import { collectors } from './collectors.js';
import { addValue } from './parse-options.js';
import { type RunOption, runOptions } from './run-options.js';
import type { RunRequest } from './run-request.js';

/**
 * Reads the arguments of `run` where they are as they should be; `undefined` for all others, for which commander is loaded: it has the
 * words for what is wrong, and the help.
 */
export function readQuickly(args: readonly string[]): RunRequest | undefined {
  const options: Record<string, unknown> = {};
  for (const option of runOptions) {
    if (option.default !== undefined) options[attributeName(optionName(option.flags))] = option.default;
  }
  const values: Record<string, PluginCommandLineValue> = {};
  const given = new Set<string>();
  for (let index = 0; index < args.length; index++) {
    const text = args[index] as string;
    if (!text.startsWith('-') || text === '-') {
      return {
        guest: text,
        args: args.slice(index + 1),
        options: options as unknown as RunRequest['options'],
        values,
      };
    }
    const [, name = '', inline] = /^--([a-z][\w-]*)(?:=(.*))?$/s.exec(text) ?? [];
    const own = runOptions.find(({ flags }) => optionName(flags) === name);
    const option = own ?? pluginOption(name);
    if (option === undefined) return undefined;
    const takesValue = option.flags.includes('<');
    const value = takesValue ? (inline ?? args[++index]) : true;
    if (value === undefined || (!takesValue && inline !== undefined)) return undefined;
    if (takesValue && given.has(name) && !collectors.includes(option.parse)) return undefined;
    given.add(name);
    const target: Record<string, unknown> = own === undefined ? values : options;
    const key = own === undefined ? name : attributeName(name);
    try {
      target[key] = read(option, value, target[key]);
    } catch {
      return undefined;
    }
  }
  return undefined;
}

function read(option: Pick<RunOption, 'choices' | 'parse'>, value: string | true, before: unknown): unknown {
  const { choices, parse } = option;
  if (value === true) return true;
  if (choices !== undefined && !choices.includes(value)) throw new RangeError(value);
  return parse === undefined ? value : parse(value, before as never);
}

function pluginOption(name: string): RunOption | undefined {
  for (const [packageName, options] of Object.entries(knownOptions)) {
    const option = options.find(({ flags }) => optionName(flags) === name);
    if (option !== undefined && isInstalled(packageName)) {
      const { flags, description, repeatable } = option;
      return { flags, description, ...(repeatable && { parse: addValue }) };
    }
  }
  return undefined;
}

function attributeName(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
