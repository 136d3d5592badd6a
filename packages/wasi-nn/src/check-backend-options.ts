import { InvalidArgumentError } from '@wasmedge-plugins/core';
import type { BackendKind } from './backend-plugin.js';
import type { BackendPluginOptions, ModelSource } from './backend-plugin-options.js';
import { describeType } from './describe-type.js';
import { preloadTargets } from './encoding.js';
import { parsePreload } from './preload.js';

const known = ['models', 'preload', 'guestModels', 'tensorNumbering', 'provider', 'nativePath'];

/** Throws for an option of the wrong type or an impossible value. */
export function checkBackendOptions<Source extends ModelSource>(
  kind: BackendKind<Source>,
  options: BackendPluginOptions<Source>,
): void {
  const refuse = (message: string): never => {
    throw new InvalidArgumentError(`${kind.caller}(): ${message}`);
  };
  if (typeof options !== 'object' || options === null) refuse('the options must be an object.');
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) refuse(`there is no option ${unknown}; there are: ${known.join(', ')}.`);
  const { models = {}, preload = [], tensorNumbering = 'auto', provider = 'embedded', nativePath } = options;
  const { guestModels = 'allow' } = options;
  if (typeof models !== 'object' || models === null) refuse('models must be an object of models by name.');
  for (const [name, source] of Object.entries(models)) checkSource(kind, `models.${name}`, source);
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
  if (guestModels === 'deny' && provider === 'native') {
    refuse("the native plug-in cannot deny guests their own models; use provider: 'embedded'.");
  }
  if (!['embedded', 'native', 'auto'].includes(provider)) {
    refuse(`provider must be 'embedded', 'native' or 'auto', not ${String(provider)}.`);
  }
  if (nativePath !== undefined && (typeof nativePath !== 'string' || nativePath === '')) {
    refuse('nativePath must be the path of a file.');
  }
}

/** Throws for a model that has no files, or settings of the wrong type. */
export function checkSource<Source extends ModelSource>(
  kind: BackendKind<Source>,
  where: string,
  source: Source,
): void {
  const refuse = (message: string): never => {
    throw new InvalidArgumentError(`${kind.caller}(): ${where} ${message}`);
  };
  if (typeof source !== 'object' || source === null)
    refuse(`must be an object, not ${describeType(source)}.`);
  const { target = 'cpu', config } = source;
  if (!preloadTargets.includes(target)) {
    refuse(`has the target ${String(target)}; it must be one of ${preloadTargets.join(', ')}.`);
  }
  if (config !== undefined && (typeof config !== 'object' || config === null)) {
    refuse(`has a config that is no object.`);
  }
  for (const part of kind.parts(source)) {
    if (typeof part !== 'string' && !(part instanceof URL) && !(part instanceof Uint8Array)) {
      refuse(`lacks a file: each must be a path, a file URL or bytes, and one is ${describeType(part)}.`);
    }
  }
}
