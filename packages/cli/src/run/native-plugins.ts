import {
  type NativeOptionValue,
  type NativePluginTrust,
  nativePlugin,
  type Plugin,
} from '@wasmedge-plugins/core';
import type { PluginOptionDescription } from '@wasmedge-plugins/core/plugins';
import { UsageError } from '../errors.js';
import { probe } from '../probe/probe.js';
import type { NativePluginFlag } from './native-plugin-flag.js';

/**
 * Makes the plug-ins of `--native-plugin`. What type an option has only the plug-in knows, so one with options is asked in a process of
 * its own.
 *
 * @throws {UsageError} for an option that it does not have, or a value of another type.
 */
export function nativePlugins(
  flags: readonly NativePluginFlag[],
  library: string | undefined,
  trust: NativePluginTrust | undefined,
): Promise<Plugin[]> {
  return Promise.all(
    flags.map(async ({ path, options }) => {
      const given = Object.entries(options);
      const declared = given.length === 0 ? [] : await declaredOptions(path, library, trust);
      const values = given.map(([name, text]) => [name, typedValue(path, declared, name, text)] as const);
      return nativePlugin({ path, options: Object.fromEntries(values) });
    }),
  );
}

async function declaredOptions(
  path: string,
  library: string | undefined,
  trust: NativePluginTrust | undefined,
): Promise<readonly PluginOptionDescription[]> {
  const answer = await probe({ kind: 'load', paths: [path], library, trust });
  // What keeps it from loading is told by the runtime, with its type.
  return answer.kind === 'loaded' ? (answer.description.options ?? []) : [];
}

function typedValue(
  path: string,
  declared: readonly PluginOptionDescription[],
  name: string,
  text: string,
): NativeOptionValue {
  const type = declared.find((option) => option.name === name)?.type;
  switch (type) {
    case undefined:
    case 'none':
    case 'string':
      return text;
    case 'toggle':
      if (text !== 'true' && text !== 'false') {
        throw new UsageError(`the option ${name} of ${path} is true or false, not "${text}"`);
      }
      return text === 'true';
    case 'i64':
    case 'u64':
      return wholeNumber(path, name, text);
    case 'f32':
    case 'f64':
      if (text.trim() === '' || Number.isNaN(Number(text))) {
        throw new UsageError(`the option ${name} of ${path} is a number, not "${text}"`);
      }
      return Number(text);
    default:
      return Number(wholeNumber(path, name, text));
  }
}

function wholeNumber(path: string, name: string, text: string): bigint {
  if (!/^-?\d+$/.test(text)) {
    throw new UsageError(`the option ${name} of ${path} is a whole number, not "${text}"`);
  }
  return BigInt(text);
}
