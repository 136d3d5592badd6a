import type { EngineName } from '../../engines/engine.js';
import { packPluginsKeeping } from '../../plugin/pack-plugins.js';
import { packCopy } from '../../recipe/pack-copy.js';
import type { RuntimeOptions } from '../../runtime/runtime-options.js';
import type { PackedSetup } from '../protocol/messages.js';
import type { CallerCallbacks } from './caller-callbacks.js';
import type { CallerFunctions } from './caller-functions.js';
import { limitsOfMember } from './check-limits.js';
import { divideHostModules } from './pack-host-modules.js';
import { packWasi } from './pack-wasi.js';
import { refuseStreams } from './refuse-streams.js';

/** What a member makes its runtime of. */
export interface SetupChoice {
  readonly engine: EngineName;
  readonly traces: boolean;
  readonly wantsCode: boolean;
  /** Gets the host functions that stay here. */
  readonly functions: CallerFunctions;
  /** Gets the functions among the options of plug-ins. */
  readonly callbacks: CallerCallbacks;
}

/**
 * The options of a runtime in the form that goes to a member.
 *
 * @throws {CannotCrossError} for a plug-in, host module or option that cannot go there.
 */
export function packSetup(
  options: RuntimeOptions,
  { engine, traces, wantsCode, functions, callbacks }: SetupChoice,
): PackedSetup {
  const { library, limits, wasi, nativePlugins, plugins, hostModules, logger } = options;
  const pack = (name: string, value: unknown) => packCopy(value, { subject: 'createRuntime()', path: name });
  refuseStreams(wasi);
  const { made, kept } = divideHostModules(hostModules ?? [], functions);
  return {
    engine,
    library,
    limits: limitsOfMember(engine, limits),
    wasi: packWasi(wasi, { subject: 'createRuntime()', path: 'wasi' }),
    nativePlugins: pack('nativePlugins', nativePlugins),
    plugins: packPluginsKeeping({ plugins, hostModules: made }, callbacks.keep),
    callerModules: kept,
    logs: logger !== undefined,
    traces,
    wantsCode,
  };
}
