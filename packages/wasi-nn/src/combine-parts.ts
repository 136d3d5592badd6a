import { DuplicateNameError, InvalidArgumentError, type Plugin } from '@wasmedge-plugins/core';
import { combineLimits } from './nn-limits.js';
import { type NnParts, nnParts } from './nn-parts.js';

/**
 * The parts of several WASI-NN plug-ins as one: every backend and every named model of a runtime.
 *
 * @throws {DuplicateNameError} when two have a backend for one encoding, or a model of one name.
 * @throws {InvalidArgumentError} when one is native, which allows no other beside it, or two say differently how tensor types are numbered.
 */
export function combineParts(plugins: readonly Plugin[]): NnParts {
  const native = plugins.find(({ provider }) => provider === 'native');
  if (native !== undefined) {
    throw new InvalidArgumentError(
      "A native WASI-NN plug-in serves every call of its module, so it cannot be combined with another backend; use the embedded provider for all of them, or a runtime with placement: 'process' for each.",
    );
  }
  const parts = plugins.map((plugin) => (plugin as { [nnParts]?: NnParts })[nnParts]);
  if (!parts.every((part) => part !== undefined)) {
    throw new InvalidArgumentError(
      'A plug-in named wasi_nn does not come from a package of @wasmedge-plugins; use it in a separate runtime.',
    );
  }
  const backends = parts.flatMap((part) => part.backends);
  for (const { encoding, name } of backends) {
    if (encoding !== undefined && backends.filter((other) => other.encoding === encoding).length > 1) {
      throw new DuplicateNameError(
        `Two backends load models like ${name}; pass only one of them to createRuntime.`,
      );
    }
  }
  const models = parts.flatMap((part) => [...part.models]);
  const twice = models.find(([name], index) => models.findIndex(([other]) => other === name) !== index);
  if (twice !== undefined) {
    throw new DuplicateNameError(`Two models are named ${twice[0]}; give each its own name.`);
  }
  const numberings = new Set(parts.map((part) => part.tensorNumbering).filter((each) => each !== 'auto'));
  if (numberings.size > 1) {
    throw new InvalidArgumentError(
      `All plug-ins of a runtime must use the same tensorNumbering, but these have ${[...numberings].join(' and ')}.`,
    );
  }
  return {
    backends,
    models: new Map(models),
    deniedEncodings: new Set(parts.flatMap((part) => [...part.deniedEncodings])),
    tensorNumbering: [...numberings][0] ?? 'auto',
    limits: combineLimits(parts.map((part) => part.limits)),
  };
}
