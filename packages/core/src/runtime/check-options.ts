import type { CompilationOptions, CompileAheadOptions } from '../aot/ahead-options.js';
import type { AotCacheOptions } from '../aot/aot-cache.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import type { Limits } from '../limits/limits.js';
import { checkOptionNames } from '../options/check-option-names.js';
import { isTable } from '../options/is-table.js';
import { describeValue } from '../values/check-arguments.js';
import { isSignature, type Signature } from '../values/signature.js';
import type { WasiOptions } from '../wasi/wasi-options.js';
import type { AotOptions } from './aot-options.js';
import { checkHostModules } from './check-host-modules.js';
import { refuseUncalled } from './refuse-uncalled.js';
import type { RunOptions } from './run-options.js';
import type { InstantiateOptions } from './runtime.js';
import type { CompileGuestOptions, RuntimeOptions } from './runtime-options.js';

const wasiNames = {
  args: true,
  programName: true,
  env: true,
  preopens: true,
  stdin: true,
  stdout: true,
  stderr: true,
  maxOutputBytes: true,
} as const satisfies Readonly<Record<keyof WasiOptions, true>>;

const runNames = { ...wasiNames, timeoutMs: true, signal: true } as const;

/** Throws for an option of the wrong type or an impossible value; names of options are checked too, to find misspelt ones. */
export function checkRuntimeOptions(options: RuntimeOptions): void {
  checkOptionNames<RuntimeOptions & { readonly placement?: unknown; readonly child?: unknown }>(
    'createRuntime()',
    options,
    {
      placement: true,
      child: true,
      engine: true,
      plugins: true,
      nativePlugins: true,
      hostModules: true,
      wasi: true,
      limits: true,
      library: true,
      aot: true,
      logger: true,
      trace: true,
    },
  );
  const { engine, plugins, hostModules, wasi = {}, limits = {}, library, aot, logger, trace } = options;
  checkEngine(engine);
  checkPlugins(plugins);
  checkHostModules(hostModules);
  checkLibrary(library);
  checkAot(aot);
  const ofCaller = 'a function, which runs in this thread wherever guests run';
  require('logger', logger, ofCaller, logger === undefined || typeof logger === 'function');
  require('trace', trace, `a boolean or ${ofCaller}`, trace === undefined ||
    typeof trace === 'boolean' ||
    typeof trace === 'function');
  checkWasi(wasi);
  checkLimits(limits);
}

/** {@link checkRuntimeOptions} for the options of `instantiate`. */
export function checkInstantiateOptions(
  options: InstantiateOptions<Readonly<Record<string, Signature>>>,
): void {
  checkOptionNames<InstantiateOptions<Readonly<Record<string, Signature>>>>('instantiate()', options, {
    name: true,
    exports: true,
  });
  const { name, exports = {} } = options;
  require('name', name, 'a string', name === undefined || typeof name === 'string');
  require('exports', exports, 'an object of signatures made by signature()', isTable(exports) &&
    Object.values(exports).every(isSignature));
}

/** {@link checkRuntimeOptions} for the options of `run`, apart from what WASI checks. */
export function checkRunOptions(options: RunOptions): void {
  checkOptionNames<RunOptions>('run()', options, runNames);
  checkCallBounds('run()', options);
}

/** {@link checkRunOptions} in another thread or process, where a call may say that it can be made again. */
export function checkRepeatableRunOptions(options: Pick<RunOptions, 'timeoutMs' | 'signal'>): void {
  const names = { ...runNames, idempotent: true } as const;
  checkOptionNames<RunOptions & { readonly idempotent?: unknown }>('run()', options, names);
  checkCallBounds('run()', options);
}

/** {@link checkRuntimeOptions} for what ends one call. */
export function checkCallBounds(
  call: string,
  { timeoutMs, signal }: Pick<RunOptions, 'timeoutMs' | 'signal'>,
): void {
  checkTimeout(`timeoutMs of ${call}`, timeoutMs);
  require(`signal of ${call}`, signal, 'an AbortSignal', signal === undefined ||
    signal instanceof AbortSignal);
}

/** {@link checkRuntimeOptions} for the options of `compileGuest`. */
export function checkCompileOptions(options: CompileGuestOptions): void {
  checkOptionNames<CompileGuestOptions>('compileGuest()', options, {
    engine: true,
    library: true,
    limits: true,
  });
  const { engine, library, limits = {} } = options;
  checkEngine(engine);
  checkLibrary(library);
  checkOptionNames<NonNullable<CompileGuestOptions['limits']>>('compileGuest({ limits })', limits, {
    memoryPages: true,
  });
  checkMemoryPages(limits.memoryPages);
}

/** {@link checkRuntimeOptions} for the options of `compileAhead`, and for those that other ways to compile have of them. */
export function checkAheadOptions(call: string, options: CompileAheadOptions): void {
  checkOptionNames<CompileAheadOptions>(call, options, {
    level: true,
    signal: true,
    onProgress: true,
    timeoutMs: true,
    maxMemoryBytes: true,
    form: true,
    portable: true,
    library: true,
    cache: true,
  });
  const {
    level,
    signal,
    onProgress,
    timeoutMs,
    maxMemoryBytes,
    form,
    portable,
    library,
    cache = {},
  } = options;
  require('level', level, 'an integer from 0 to 3', isIntegerIn(level, 0, 3));
  require('signal', signal, 'an AbortSignal', signal === undefined || signal instanceof AbortSignal);
  require('onProgress', onProgress, 'a function', onProgress === undefined ||
    typeof onProgress === 'function');
  checkTimeout('timeoutMs', timeoutMs);
  require('maxMemoryBytes', maxMemoryBytes, 'an integer from 268435456', isIntegerIn(
    maxMemoryBytes,
    2 ** 28,
    Number.MAX_SAFE_INTEGER,
  ));
  require('form', form, 'plain, metered or interruptible', form === undefined ||
    form === 'plain' ||
    form === 'metered' ||
    form === 'interruptible');
  require('portable', portable, 'a boolean', portable === undefined || typeof portable === 'boolean');
  checkLibrary(library);
  checkAotCache(cache);
}

/** {@link checkRuntimeOptions} for the options of `Runtime.compile`. */
export function checkCompilationOptions(call: string, options: CompilationOptions): void {
  checkOptionNames<CompilationOptions>(call, options, {
    level: true,
    signal: true,
    onProgress: true,
    timeoutMs: true,
    maxMemoryBytes: true,
  });
  checkAheadOptions(call, options);
}

/** {@link checkRuntimeOptions} for what says where compiled code is kept. */
export function checkAotCache(cache: AotCacheOptions): void {
  checkOptionNames<AotCacheOptions>('cache', cache, { directory: true, maxBytes: true, maxEntries: true });
  const { directory, maxBytes, maxEntries } = cache;
  require('cache.directory', directory, 'the path of a folder', directory === undefined ||
    (typeof directory === 'string' && directory !== ''));
  for (const [name, value] of Object.entries({ maxBytes, maxEntries })) {
    require(`cache.${name}`, value, 'an integer from 1', isIntegerIn(value, 1, Number.MAX_SAFE_INTEGER));
  }
}

function checkEngine(engine: unknown): void {
  require('engine', engine, 'v8 or wasmedge', engine === undefined ||
    engine === 'v8' ||
    engine === 'wasmedge');
}

function checkLibrary(library: unknown): void {
  require('library', library, 'the path of a libwasmedge', library === undefined ||
    (typeof library === 'string' && library !== ''));
}

function checkAot(aot: RuntimeOptions['aot']): void {
  if (typeof aot === 'object') {
    checkOptionNames<AotOptions>('createRuntime({ aot })', aot, { mode: true, level: true, cache: true });
  }
  const { mode, level, cache = {} } = typeof aot === 'object' ? aot : { mode: aot };
  const name = typeof aot === 'object' ? 'aot.mode' : 'aot';
  require(name, mode, "'off', 'background', 'wait' or 'inline'", mode === undefined ||
    ['off', 'background', 'wait', 'inline'].includes(mode));
  require('aot.level', level, 'an integer from 0 to 3', isIntegerIn(level, 0, 3));
  checkAotCache(cache);
}

function checkMemoryPages(memoryPages: number | undefined): void {
  require('limits.memoryPages', memoryPages, 'an integer from 0 to 65536', isIntegerIn(
    memoryPages,
    0,
    65536,
  ));
}

function checkTimeout(option: string, timeoutMs: number | undefined): void {
  require(option, timeoutMs, 'an integer from 1 to 2147483647', isIntegerIn(timeoutMs, 1, 2147483647));
}

function checkPlugins(plugins: RuntimeOptions['plugins']): void {
  require('plugins', plugins, 'an array of plug-ins', plugins === undefined || Array.isArray(plugins));
  const wrong = (plugins ?? []).findIndex((plugin) => !isPlugin(plugin));
  const value: unknown = plugins?.[wrong];
  if (wrong !== -1) {
    refuseUncalled('plugins', wrong, value, 'the plug-in');
    const advice = ' A plug-in is what a function such as processPlugin() or nativePlugin() returns.';
    throw new InvalidArgumentError(
      `The option plugins must be an array of plug-ins, and its entry ${wrong} is ${describeValue(value)}.${advice}`,
    );
  }
}

function checkWasi(wasi: WasiOptions): void {
  checkOptionNames<WasiOptions>('createRuntime({ wasi })', wasi, wasiNames);
  const { env, preopens } = wasi;
  require('wasi.env', env, 'an object of strings by name', env === undefined || isTable(env));
  require('wasi.preopens', preopens, 'an object of host paths by guest path', preopens === undefined ||
    isTable(preopens));
}

function checkLimits(limits: Limits): void {
  checkOptionNames<Limits>('createRuntime({ limits })', limits, {
    memoryPages: true,
    cost: true,
    timeoutMs: true,
    growthBytes: true,
    cpuMs: true,
    memoryBytes: true,
  });
  const { memoryPages, cost, timeoutMs, growthBytes, cpuMs, memoryBytes } = limits;
  checkMemoryPages(memoryPages);
  require('limits.cost', cost, 'an integer from 1, or Infinity', cost === Infinity ||
    isIntegerIn(cost, 1, Number.MAX_SAFE_INTEGER));
  checkTimeout('limits.timeoutMs', timeoutMs);
  checkTimeout('limits.cpuMs', cpuMs);
  require('limits.memoryBytes', memoryBytes, 'an integer from 1', isIntegerIn(
    memoryBytes,
    1,
    Number.MAX_SAFE_INTEGER,
  ));
  require('limits.growthBytes', growthBytes, 'an integer from 1, or Infinity', growthBytes === Infinity ||
    isIntegerIn(growthBytes, 1, Number.MAX_SAFE_INTEGER));
}

function require(name: string, value: unknown, wanted: string, holds: boolean): void {
  if (!holds) {
    throw new InvalidArgumentError(`The option ${name} must be ${wanted}, not ${describeValue(value)}.`);
  }
}

function isIntegerIn(value: number | undefined, least: number, most: number): boolean {
  return value === undefined || (Number.isInteger(value) && value >= least && value <= most);
}

function isPlugin(value: unknown): boolean {
  const { name, provider, create } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof value === 'object' &&
    typeof name === 'string' &&
    (provider === 'embedded' || provider === 'native') &&
    typeof create === 'function'
  );
}
