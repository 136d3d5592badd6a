import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { describeValue } from '../host-module/check-arguments.js';
import { isSignature, type Signature } from '../host-module/signature.js';
import type { InstantiateOptions } from './runtime.js';
import type { RuntimeOptions } from './runtime-options.js';

/** Throws for an option of the wrong type or an impossible value; names of options are checked too, to find misspelt ones. */
export function checkRuntimeOptions(options: RuntimeOptions): void {
  checkObject('options', options, [
    'engine',
    'plugins',
    'nativePlugins',
    'hostModules',
    'wasi',
    'limits',
    'library',
    'logger',
    'trace',
  ]);
  const { engine, plugins, hostModules, wasi = {}, limits = {}, library, logger, trace } = options;
  require('engine', engine, 'v8 or wasmedge', engine === undefined ||
    engine === 'v8' ||
    engine === 'wasmedge');
  require('plugins', plugins, 'an array of plug-ins', plugins === undefined ||
    (Array.isArray(plugins) && plugins.every(isPlugin)));
  require('hostModules', hostModules, 'an array of host modules made by hostModule() and hostFunction()', hostModules ===
    undefined ||
    (Array.isArray(hostModules) && hostModules.every(isHostModule)));
  require('library', library, 'the path of a libwasmedge', library === undefined ||
    (typeof library === 'string' && library !== ''));
  require('logger', logger, 'a function', logger === undefined || typeof logger === 'function');
  require('trace', trace, 'a boolean or a function', trace === undefined ||
    typeof trace === 'boolean' ||
    typeof trace === 'function');
  checkObject('wasi', wasi, ['args', 'programName', 'env', 'preopens', 'stdin', 'stdout', 'stderr']);
  checkObject('limits', limits, ['memoryPages', 'cost', 'timeoutMs', 'growthBytes']);
  const { memoryPages, cost, timeoutMs, growthBytes } = limits;
  require('limits.memoryPages', memoryPages, 'an integer from 0 to 65536', isIntegerIn(
    memoryPages,
    0,
    65536,
  ));
  require('limits.cost', cost, 'an integer from 1, or Infinity', cost === Infinity ||
    isIntegerIn(cost, 1, Number.MAX_SAFE_INTEGER));
  require('limits.timeoutMs', timeoutMs, 'an integer from 1 to 2147483647', isIntegerIn(
    timeoutMs,
    1,
    2147483647,
  ));
  require('limits.growthBytes', growthBytes, 'an integer from 1, or Infinity', growthBytes === Infinity ||
    isIntegerIn(growthBytes, 1, Number.MAX_SAFE_INTEGER));
}

/** {@link checkRuntimeOptions} for the options of `instantiate`. */
export function checkInstantiateOptions(
  options: InstantiateOptions<Readonly<Record<string, Signature>>>,
): void {
  checkObject('options', options, ['name', 'exports']);
  const { name, exports = {} } = options;
  require('name', name, 'a string', name === undefined || typeof name === 'string');
  require('exports', exports, 'an object of signatures made by signature()', typeof exports === 'object' &&
    exports !== null &&
    Object.values(exports).every(isSignature));
}

function require(name: string, value: unknown, wanted: string, holds: boolean): void {
  if (!holds) {
    throw new InvalidArgumentError(`The option ${name} must be ${wanted}, not ${describeValue(value)}.`);
  }
}

function checkObject(name: string, value: unknown, known: readonly string[]): void {
  require(name, value, 'an object', typeof value === 'object' && value !== null);
  for (const key of Object.keys(value as object)) {
    if (!known.includes(key)) {
      throw new InvalidArgumentError(
        `There is no option ${name === 'options' ? key : `${name}.${key}`}; there are: ${known.join(', ')}.`,
      );
    }
  }
}

function isIntegerIn(value: number | undefined, least: number, most: number): boolean {
  return value === undefined || (Number.isInteger(value) && value >= least && value <= most);
}

function isPlugin(value: unknown): boolean {
  const { name, provider, create } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    (provider === 'embedded' || provider === 'native') &&
    typeof create === 'function'
  );
}

function isHostModule(value: unknown): boolean {
  const { name, functions } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    typeof functions === 'object' &&
    functions !== null &&
    Object.values(functions).every((entry) => typeof entry?.call === 'function' && isSignature(entry))
  );
}
