import { checkOptionNames, InvalidArgumentError, isTable, refuseLostBytes } from '@wasmedge-plugins/core';
import type { Backend } from './backend.js';
import { partsOf, type SourceKind } from './backend-kind.js';
import type { ModelSource } from './backend-plugin-options.js';
import { describeType } from './describe-type.js';
import { preloadTargets } from './encoding.js';

/**
 * Throws for a model that has no files, and for a setting that is unknown or of the wrong type.
 *
 * @param where what it is, for messages: `openVINO(): models.road`.
 * @param more names that are known here besides those of every source of the backend.
 */
export function checkSource(
  kind: SourceKind,
  where: string,
  source: unknown,
  more: Readonly<Record<string, true>> = {},
): asserts source is ModelSource {
  const refuse = (message: string): never => {
    throw new InvalidArgumentError(`${where} ${message}`);
  };
  if (typeof source !== 'object' || source === null) {
    return refuse(`must be an object, not ${describeType(source)}.`);
  }
  const parts = Object.fromEntries(kind.partNames.map((name) => [name, true] as const));
  checkOptionNames<ModelSource>(where, source, { target: true, config: true, ...parts, ...more });
  const { target = 'cpu', config } = source;
  if (!preloadTargets.includes(target)) {
    refuse(`has the target ${String(target)}; it must be one of ${preloadTargets.join(', ')}.`);
  }
  if (config !== undefined && !isTable(config)) {
    refuse(`has a config that must be an object of settings by name, not ${describeType(config)}.`);
  }
  checkConfig(kind.backend, where, config);
  for (const part of partsOf(kind, source)) {
    if (typeof part !== 'string' && !(part instanceof URL) && !(part instanceof Uint8Array)) {
      refuse(`lacks a file: each must be a path, a file URL or bytes, but one is ${describeType(part)}.`);
    }
    if (part instanceof Uint8Array) refuseLostBytes(`${where} has a file that`, part);
  }
}

/** Throws for a model that has fewer files than it must; see {@link checkSource}. */
export function checkPartCount(
  { partNames }: Pick<SourceKind, 'partNames'>,
  where: string,
  source: ModelSource,
  least = partNames.length,
): void {
  const { length } = partsOf({ partNames }, source);
  if (length >= least) return;
  throw new InvalidArgumentError(
    `${where} lacks a file: ${String(partNames[length])} must be a path, a file URL or bytes, but is undefined.`,
  );
}

/** Throws for a setting that a backend does not know, or of the wrong type; see {@link checkSource}. */
export function checkConfig(backend: Backend, where: string, config: ModelSource['config']): void {
  if (config === undefined) return;
  try {
    backend.checkConfig?.(JSON.stringify(config));
  } catch (cause) {
    throw new InvalidArgumentError(`${where}: ${(cause as Error).message}`, { cause });
  }
}
