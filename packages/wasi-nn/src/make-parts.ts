import { InvalidArgumentError } from '@wasmedge-plugins/core';
import type { Backend } from './backend.js';
import { partsOf, type SourceKind } from './backend-kind.js';
import type { BackendValues } from './backend-options.js';
import type { ModelSource } from './backend-plugin-options.js';
import type { NamedModel } from './embedded/named-model.js';
import { encodingOf } from './encoding-of.js';
import { fileOf, partsFor } from './model-part.js';
import { combineLimits } from './nn-limits.js';
import type { NnParts } from './nn-parts.js';

/**
 * What the embedded plug-in of one backend adds to a runtime.
 *
 * @param defaultGuestModels where the options say nothing of `guestModels`.
 * @throws {InvalidArgumentError} when two models have one name.
 */
export function makeParts(
  kind: SourceKind,
  backend: Backend,
  values: BackendValues,
  defaultGuestModels: 'allow' | 'deny',
): NnParts {
  const { guestModels = defaultGuestModels, tensorNumbering } = values;
  return {
    backends: [backend],
    models: namedModels(kind, backend, values),
    deniedEncodings: new Set(guestModels === 'deny' ? [encodingOf(backend)] : []),
    tensorNumbering,
    limits: combineLimits([values]),
  };
}

/** The settings of a model as a backend takes them. */
export function configText(config: ModelSource['config']): string | undefined {
  return config === undefined ? undefined : JSON.stringify(config);
}

function namedModels(
  kind: SourceKind,
  backend: Backend,
  { models, preload }: Pick<BackendValues, 'models' | 'preload'>,
): ReadonlyMap<string, NamedModel> {
  const named = new Map<string, NamedModel>();
  for (const [name, source] of Object.entries(models)) {
    const parts = partsOf(kind, source);
    const { target = 'cpu', config } = source;
    const builders = () => partsFor(backend, parts);
    named.set(name, {
      backend,
      target,
      config: configText(config),
      files: () => parts.map(fileOf),
      builders,
    });
  }
  for (const { name, target, paths } of preload) {
    if (named.has(name)) throw new InvalidArgumentError(`Two models are named ${name}.`);
    named.set(name, {
      backend,
      target,
      files: () => paths.map(fileOf),
      builders: () => partsFor(backend, paths),
    });
  }
  return named;
}
