import type {
  GuestSource,
  ModuleTypes,
  PlacedRuntime,
  Plugin,
  Runtime,
  WasiOptions,
} from '@wasmedge-plugins/core';
import { createRuntimeFor, readGuest } from '@wasmedge-plugins/core/run';
import { trustFrom } from '../trust/trust-flags.js';
import { choosePlugins } from './choose-plugins.js';
import { parseReactorCall, type ReactorCall } from './reactor.js';
import { runLogger } from './run-logger.js';
import type { RunRequest } from './run-request.js';

/** A run whose command line was found right. */
export interface PreparedRun {
  /** What is run. */
  readonly guest: GuestSource;
  /** The function to call; `undefined` for a command. */
  readonly call: ReactorCall | undefined;
  /** Makes the runtime. */
  open(wasi: Pick<WasiOptions, 'stdout' | 'stderr' | 'maxOutputBytes'>): Promise<Runtime | PlacedRuntime>;
}

/** Reads the guest, and chooses what it is run with. Nothing is loaded that this guest does not need. */
export async function prepareRun(request: RunRequest): Promise<PreparedRun> {
  const { guest, args, options } = request;
  const { forbiddenPlugin: forbidden = [], nativePlugin: files = [], plugin: named = [] } = options;
  const refusals = forbidden.length > 0 ? await import('./forbidden-plugins.js') : undefined;
  refusals?.refuseForbidden(forbidden, named, files);
  const { types, source } = readGuest(guest);
  refusals?.refuseGuestOfForbidden(forbidden, guest, types);
  const isReactor = options.reactor || !types.exports.some(({ name }) => name === '_start');
  const call = isReactor ? parseReactorCall(types.exports, args) : undefined;
  const plugins = await pluginsFor(request, types);
  const { placement } = options;
  await tellOfModels(types);
  const runtimeOptions = {
    engine: options.engine,
    library: options.library,
    aot: options.aot,
    nativePlugins: trustFrom(options),
    plugins,
    limits: {
      ...(options.gasLimit !== undefined && { cost: options.gasLimit }),
      ...(options.timeLimit && { timeoutMs: options.timeLimit }),
      ...(options.memoryPageLimit !== undefined && { memoryPages: options.memoryPageLimit }),
    },
    ...(options.trace && { trace: true }),
    logger: runLogger(options.verbose === true),
  };
  const preopens = Object.fromEntries((options.dir ?? []).map(({ guest: name, host }) => [name, host]));
  const ownWasi = { args: call === undefined ? args : [], env: options.env, preopens };
  return {
    guest: source,
    call,
    open: (output) => {
      const all = { ...runtimeOptions, wasi: { ...ownWasi, ...output } };
      return createRuntimeFor(
        { needsWasi: needsWasi(request, types) },
        placement === 'inline' ? all : { ...all, placement },
      );
    },
  };
}

/** Options of WASI are checked by WASI, whether the guest imports it or not. */
function needsWasi({ options: { dir, env } }: RunRequest, { imports }: ModuleTypes): boolean {
  return (
    dir !== undefined ||
    env !== undefined ||
    imports.some(({ module }) => module === 'wasi_snapshot_preview1')
  );
}

async function pluginsFor({ options, values }: RunRequest, types: ModuleTypes): Promise<Plugin[]> {
  const { plugin: named = [], forbiddenPlugin: forbidden = [], nativePlugin: files = [], provider } = options;
  const chosen = await choosePlugins({ named, forbidden, provider, values }, types);
  if (files.length === 0) return chosen;
  const { nativePlugins } = await import('./native-plugins.js');
  return [...chosen, ...(await nativePlugins(files, options.library, trustFrom(options)))];
}

/** Models may take seconds to load, of which somebody at a terminal is told. */
async function tellOfModels({ imports }: ModuleTypes): Promise<void> {
  if (!imports.some(({ module }) => module === 'wasi_ephemeral_nn')) return;
  if (process.stderr.isTTY !== true || process.env.TERM === 'dumb') return;
  const { showModelLoads } = await import('./load-progress.js');
  showModelLoads();
}
