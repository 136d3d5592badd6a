import { checkOptionNames, InvalidArgumentError, isTable } from '@wasmedge-plugins/core';
import { type BackendKind, partsOf } from './backend-kind.js';
import type { BackendPluginOptions, ModelSource } from './backend-plugin-options.js';
import { describeType } from './describe-type.js';
import { preloadTargets } from './encoding.js';
import { limitNames } from './nn-limits.js';
import { parsePreload } from './preload.js';

/** The names of the options that every backend's plug-in takes, for `checkOptionNames` of one that takes more. */
export const backendOptionNames = {
  /** See {@link BackendPluginOptions.models}. */
  models: true,
  /** See {@link BackendPluginOptions.preload}. */
  preload: true,
  /** See {@link BackendPluginOptions.guestModels}. */
  guestModels: true,
  /** See {@link BackendPluginOptions.maxGraphs}. */
  maxGraphs: true,
  /** See {@link BackendPluginOptions.maxContexts}. */
  maxContexts: true,
  /** See {@link BackendPluginOptions.maxBytes}. */
  maxBytes: true,
  /** See {@link BackendPluginOptions.tensorNumbering}. */
  tensorNumbering: true,
  /** See {@link BackendPluginOptions.provider}. */
  provider: true,
  /** See {@link BackendPluginOptions.nativePath}. */
  nativePath: true,
} as const;

/** Throws for an option of the wrong type or an impossible value. */
export function checkBackendOptions<Source extends ModelSource>(
  kind: BackendKind<Source>,
  options: BackendPluginOptions<Source>,
): void {
  const refuse = (message: string): never => {
    throw new InvalidArgumentError(`${kind.caller}(): ${message}`);
  };
  checkOptionNames<BackendPluginOptions<Source>>(`${kind.caller}()`, options, backendOptionNames);
  const { models = {}, preload = [], tensorNumbering = 'auto', provider = 'embedded', nativePath } = options;
  const { guestModels = 'deny' } = options;
  if (!isTable(models)) {
    refuse('models must be an object of models by name.');
  }
  for (const [name, source] of Object.entries(models)) checkSource(kind, `models.${name}`, source);
  for (const name of limitNames) {
    const value: unknown = options[name];
    if (value !== undefined && !(Number.isSafeInteger(value) && (value as number) >= 1)) {
      refuse(
        `${name} must be a whole number from 1, not ${typeof value === 'number' ? value : describeType(value)}.`,
      );
    }
  }
  if (!Array.isArray(preload) || !preload.every((text) => typeof text === 'string')) {
    refuse('preload must be an array of strings name:encoding:target:path.');
  }
  for (const text of preload) parsePreload(text, [kind.backend]);
  if (!['auto', '0.14', '0.15'].includes(tensorNumbering)) {
    refuse(`tensorNumbering must be 'auto', '0.14' or '0.15', not ${String(tensorNumbering)}.`);
  }
  if (guestModels !== 'allow' && guestModels !== 'deny') {
    refuse(`guestModels must be 'allow' or 'deny', not ${String(guestModels)}.`);
  }
  if (!['embedded', 'native', 'auto'].includes(provider)) {
    refuse(`provider must be 'embedded', 'native' or 'auto', not ${String(provider)}.`);
  }
  if (nativePath !== undefined && (typeof nativePath !== 'string' || nativePath === '')) {
    refuse('nativePath must be the path of a file.');
  }
}

/**
 * Throws for a model that has no files, and for a setting that is unknown or of the wrong type.
 *
 * @param more names that are known here besides those of every source of the backend.
 */
export function checkSource<Source extends ModelSource>(
  kind: BackendKind<Source>,
  where: string,
  source: Source,
  more: Readonly<Record<string, true>> = {},
): void {
  const refuse = (message: string): never => {
    throw new InvalidArgumentError(`${kind.caller}(): ${where} ${message}`);
  };
  if (typeof source !== 'object' || source === null)
    refuse(`must be an object, not ${describeType(source)}.`);
  const parts = Object.fromEntries(kind.partNames.map((name) => [name, true] as const));
  const sourceNames = { target: true, config: true, ...parts, ...more } as const;
  checkOptionNames(`${kind.caller}(): ${where}`, source, sourceNames);
  const { target = 'cpu', config } = source;
  if (!preloadTargets.includes(target)) {
    refuse(`has the target ${String(target)}; it must be one of ${preloadTargets.join(', ')}.`);
  }
  if (config !== undefined && !isTable(config)) {
    refuse(`has a config that must be an object of settings by name, not ${describeType(config)}.`);
  }
  checkConfig(kind, where, config);
  for (const part of partsOf(kind, source)) {
    if (typeof part !== 'string' && !(part instanceof URL) && !(part instanceof Uint8Array)) {
      refuse(`lacks a file: each must be a path, a file URL or bytes, and one is ${describeType(part)}.`);
    }
  }
}

function checkConfig<Source extends ModelSource>(
  kind: BackendKind<Source>,
  where: string,
  config: ModelSource['config'],
): void {
  if (config === undefined) return;
  try {
    kind.backend.checkConfig?.(JSON.stringify(config));
  } catch (cause) {
    throw new InvalidArgumentError(`${kind.caller}(): ${where}: ${(cause as Error).message}`, { cause });
  }
}
