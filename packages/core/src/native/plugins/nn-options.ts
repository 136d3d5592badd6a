import { InvalidArgumentError } from '../../errors/runtime-errors.js';
import type { NativeOptionValue } from '../../plugin/plugin.js';
import { CStringList } from '../c-string-list.js';
import type { Library } from '../library.js';

const preloadName = 'nn-preload';

/**
 * Sets the models of the released WASI-NN plug-in, which is written in C++: the C API has one function for them. They belong to the process,
 * and the plug-in reads them when a module instance is made. So each runtime sets its own list just before it makes its instance, also an
 * empty one, and a runtime that is there already keeps the models that it has. Only a thread that makes a runtime in the same moment could
 * come between.
 */
export function setNnOptions(library: Library, options: Readonly<Record<string, NativeOptionValue>>): void {
  const unknown = Object.keys(options).filter((name) => name !== preloadName);
  if (unknown.length > 0) {
    throw new InvalidArgumentError(
      `The options ${unknown.join(', ')} of the native plug-in wasi_nn cannot be set: WasmEdge's C API has a function for ${preloadName} only.`,
    );
  }
  using list = new CStringList(readPreloads(options[preloadName] ?? []));
  library.c.PluginInitWASINN(list.address, list.length);
}

function readPreloads(value: NativeOptionValue): readonly string[] {
  const preloads = typeof value === 'string' ? [value] : value;
  const isText = (entry: unknown) => typeof entry === 'string' && !entry.includes('\0');
  if (Array.isArray(preloads) && preloads.every(isText)) {
    return preloads;
  }
  throw new InvalidArgumentError(
    `The option ${preloadName} of the native plug-in wasi_nn takes strings name:encoding:target:path without NUL characters.`,
  );
}
