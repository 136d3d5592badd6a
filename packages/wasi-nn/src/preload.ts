import { InvalidArgumentError, pluginPackages } from '@wasmedge-plugins/core';
import type { Backend, ExecutionTarget } from './backend.js';
import { preloadTargets } from './encoding.js';

/** A model that is named in WasmEdge's form. */
export interface PreloadedModel {
  /** The form as it was given. */
  readonly text: string;
  readonly name: string;
  readonly backend: Backend;
  readonly target: ExecutionTarget;
  readonly paths: readonly string[];
}

/**
 * Reads `name:encoding:target:path[:path…]`, the form of WasmEdge's option `--nn-preload`. A path may begin with a Windows drive letter, and that of a model of one file may have colons.
 *
 * @throws {InvalidArgumentError} when the text has another form, or no backend of `backends` has that encoding.
 */
export function parsePreload(text: string, backends: readonly Backend[]): PreloadedModel {
  const [name = '', encoding = '', target = '', ...rest] = text.split(':');
  if (name === '' || rest.join('') === '') throw noModel(text);
  const backend = backends.find(({ encodingNames }) => encodingNames.includes(encoding.toLowerCase()));
  if (backend === undefined) {
    throw new InvalidArgumentError(
      `"${text}" has the encoding "${encoding}", which no backend here loads; there are ${describeEncodings(backends)}.`,
    );
  }
  if (!isTarget(target.toLowerCase())) {
    throw new InvalidArgumentError(
      `"${text}" has the target "${target}"; it must be one of ${preloadTargets.join(', ')}.`,
    );
  }
  return {
    text,
    name,
    backend,
    target: target.toLowerCase() as ExecutionTarget,
    paths: pathsOf(text, rest, backend),
  };
}

function pathsOf(text: string, rest: readonly string[], { name, mostParts }: Backend): readonly string[] {
  if (mostParts === 1) return [rest.join(':')];
  const paths = joinDrives(rest);
  if (paths.includes('')) throw noModel(text);
  if (mostParts !== undefined && paths.length > mostParts) {
    throw new InvalidArgumentError(
      `"${text}" names ${paths.length} files; a model of ${name} has at most ${mostParts}. A path with a colon is to be named in the option models.`,
    );
  }
  return paths;
}

function noModel(text: string): InvalidArgumentError {
  return new InvalidArgumentError(
    `"${text}" does not name a model; write name:encoding:target:path, such as road:openvino:cpu:road.xml:road.bin.`,
  );
}

/** Every encoding, and for those of other backends their packages: a misspelt one may have been meant for any of them. */
function describeEncodings(backends: readonly Backend[]): string {
  const own = backends.flatMap(({ encodingNames }) => encodingNames);
  const others = pluginPackages.flatMap(({ packageName, encodings }) =>
    encodings.filter((name) => !own.includes(name)).map((name) => `${name} (${packageName})`),
  );
  return [...own, ...others].join(', ');
}

/** Puts `C` and `\model.xml`, which the colon between them divided, together again. */
function joinDrives(parts: readonly string[]): string[] {
  const paths: string[] = [];
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as string;
    const next = parts[index + 1];
    if (/^[A-Za-z]$/.test(part) && next !== undefined && /^[\\/]/.test(next)) {
      paths.push(`${part}:${next}`);
      index++;
    } else {
      paths.push(part);
    }
  }
  return paths;
}

function isTarget(text: string): text is ExecutionTarget {
  return (preloadTargets as readonly string[]).includes(text);
}
