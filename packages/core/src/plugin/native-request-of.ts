import type { NativeOptionValue, NativePluginRequest } from './plugin.js';
import type { NativeDefinition } from './plugin-definition.js';
import { kebabCase, type PluginOptionDefinitions, type PluginOptionValues } from './plugin-option.js';

/** What the native provider of a defined plug-in is asked for. */
export function nativeRequestOf<Definitions extends PluginOptionDefinitions>(
  native: NativeDefinition<Definitions>,
  definitions: PluginOptionDefinitions,
  values: PluginOptionValues<Definitions>,
  path: string | undefined,
): NativePluginRequest {
  const { fileName, warning } = native;
  return {
    fileName,
    path,
    backend: native.backend,
    refuse: native.refuse?.bind(native),
    options: native.options?.(values) ?? ownOptions(definitions, values),
    warning,
    guard: native.guard?.(values),
    sockets: native.sockets?.bind(native, values),
  };
}

const nativeTypes = ['string', 'number', 'integer', 'boolean', 'strings', 'choice'];

function ownOptions(
  definitions: PluginOptionDefinitions,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, NativeOptionValue>> {
  const told = Object.entries(definitions)
    .filter(([name, { type }]) => nativeTypes.includes(type) && values[name] !== undefined)
    .map(([name]) => [kebabCase(name), values[name] as NativeOptionValue] as const);
  return Object.fromEntries(told);
}
