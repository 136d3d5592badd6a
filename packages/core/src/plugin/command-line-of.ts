import type { Plugin, ProviderName } from './plugin.js';
import type { PluginCommandLine, PluginCommandLineValue } from './plugin-command-line.js';
import { kebabCase, type PluginOptionDefinition, type PluginOptionDefinitions } from './plugin-option.js';
import type { PluginRelease } from './plugin-release.js';

/** The options of a defined plug-in as the command `wasmedge-plugins` offers them. */
export function commandLineOf(
  definitions: PluginOptionDefinitions,
  releases: readonly PluginRelease[],
  make: (options: never) => Plugin,
): PluginCommandLine {
  return {
    options: Object.entries(definitions).map(([name, { type, description }]) => ({
      flags: type === 'boolean' ? `--${kebabCase(name)}` : `--${kebabCase(name)} <${type.replace(/s$/, '')}>`,
      description,
      repeatable: type === 'strings',
    })),
    releases,
    create: (values, { provider }: { readonly provider: ProviderName }) => {
      const given = Object.entries(definitions)
        .filter(([name]) => values[kebabCase(name)] !== undefined)
        .map(([name, { type }]) => [name, parse(type, values[kebabCase(name)] as PluginCommandLineValue)]);
      return make({ ...Object.fromEntries(given), provider } as never);
    },
  };
}

/** A text that is not a number becomes NaN, which the plug-in's own check refuses by the option's name. */
function parse(type: PluginOptionDefinition['type'], value: PluginCommandLineValue): unknown {
  return type === 'number' ? (value === '' ? Number.NaN : Number(value)) : value;
}
