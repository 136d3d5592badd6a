import { InvalidArgumentError } from '../errors/runtime-errors.js';
import type { GuestMemory } from '../memory/guest-memory.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { forwardingGuest } from '../plugin-description/forwarding-guest.js';
import type { GuestExports } from './guest-exports.js';
import { nativePluginsOf } from './native-plugins-of.js';
import type { Instance, Runtime } from './runtime.js';

/** The functions of one module of a native plug-in, and the memory that they see. */
export interface NativeFunctions<Functions = GuestExports> extends Instance<Functions> {
  /** The memory that the functions see: `memoryPages` in size at first, and not that of any guest. */
  readonly memory: GuestMemory;
}

/** Options of {@link nativeFunctions}. */
export interface NativeFunctionsOptions {
  /** Pages of 64 KiB in the memory that the functions see. Default: 16 (1 MiB). */
  readonly memoryPages?: number | undefined;
}

const maxPages = 65_536;

/**
 * Calls the functions of a native plug-in from TypeScript: a tiny guest is made whose exports call them, and whose memory they see. It
 * has the runtime's limits.
 *
 * @typeParam Functions an interface of functions by name, as `generateDeclarations` and `wasmedge-plugins inspect --types` write it.
 * @param moduleName the name that guests import from.
 * @throws {InvalidArgumentError} when the runtime has no native plug-in with such a module, or for an unknown option.
 * @example
 * const { exports, memory } = nativeFunctions<ModuleWasmNameFunctions>(runtime, 'module_wasm_name');
 */
export function nativeFunctions<Functions extends object = GuestExports>(
  runtime: Runtime,
  moduleName: string,
  options: NativeFunctionsOptions = {},
): NativeFunctions<Functions> {
  checkOptionNames<NativeFunctionsOptions>('nativeFunctions()', options, { memoryPages: true });
  const { memoryPages = 16 } = options;
  if (!Number.isInteger(memoryPages) || memoryPages < 0 || memoryPages > maxPages) {
    throw new InvalidArgumentError(
      `nativeFunctions(): memoryPages must be an integer from 0 to ${maxPages}.`,
    );
  }
  const plugins = nativePluginsOf(runtime);
  const owner = plugins.find(({ moduleNames }) => moduleNames.includes(moduleName));
  if (owner === undefined) {
    const names = plugins.flatMap(({ moduleNames }) => moduleNames);
    throw new InvalidArgumentError(
      `No native plug-in of the runtime has a module ${moduleName}; available: ${names.join(', ') || 'none'}.`,
    );
  }
  const module = owner.describe().modules.find(({ name }) => name === moduleName);
  if (module === undefined) {
    throw new InvalidArgumentError(`The native plug-in ${owner.name} has no module ${moduleName}.`);
  }
  // A function may be called "memory" too.
  let memoryName = 'memory';
  while (module.functions.some(({ name }) => name === memoryName)) {
    memoryName += '_';
  }
  const instance = runtime.instantiate(forwardingGuest(module, memoryPages, memoryName));
  return instance as unknown as NativeFunctions<Functions>;
}
