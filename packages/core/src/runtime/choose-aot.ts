import type { AotCacheOptions } from '../aot/aot-cache.js';
import type { OptimizationLevel } from '../aot/optimization-level.js';
import type { EngineName } from '../engines/engine.js';
import { UnsupportedByPlacementError } from '../errors/placement-errors.js';
import { UnsupportedByEngineError } from '../errors/runtime-errors.js';
import type { HostModule } from '../host-module/host-module.js';
import type { AotMode, AotOptions } from './aot-options.js';
import type { RuntimeOptions } from './runtime-options.js';

/** Whether and how the guests of a runtime are compiled ahead of time. */
export interface ChosenAot {
  readonly mode: AotMode;
  /** Why this mode, in a few words. */
  readonly reason: string;
  readonly level: OptimizationLevel | undefined;
  readonly cache: AotCacheOptions;
}

/**
 * What the option `aot` asks for, or its default.
 *
 * @throws {UnsupportedByEngineError} when engine `v8` is to have compiled code.
 * @throws {UnsupportedByPlacementError} for a mode of another placement.
 */
export function chooseAot(
  { aot, hostModules = [] }: Pick<RuntimeOptions, 'aot' | 'hostModules'>,
  engine: EngineName,
  placement: 'inline' | 'worker' | 'process',
): ChosenAot {
  const { mode, level, cache = {} } = aotOptions(aot);
  const parts = { level, cache };
  if (mode === undefined) {
    const isAtHome = engine === 'wasmedge' && placement === 'process';
    // libwasmedge 0.14 cannot run compiled code inside a host function that compiled code called.
    if (isAtHome && hostModules.some(hasFunctionThatStays)) {
      return { mode: 'off', reason: "a host function with on: 'caller' may call its guest again", ...parts };
    }
    return isAtHome
      ? { mode: 'background', reason: 'it is the default in placement process', ...parts }
      : { mode: 'off', reason: 'it is the default', ...parts };
  }
  if (mode !== 'off') {
    if (engine === 'v8') refuseOnV8(mode);
    if ((mode === 'inline') !== (placement !== 'process')) refusePlacement(mode, placement);
  }
  return { mode, reason: 'the option aot asks for it', ...parts };
}

function hasFunctionThatStays({ functions, otherForms = {} }: HostModule): boolean {
  return [...Object.values(functions), ...Object.values(otherForms)].some(({ onCaller }) => onCaller);
}

/** The name of the option when it asks for compiled code, which only engine `wasmedge` has. */
export function aotOfWasmEdge(aot: RuntimeOptions['aot']): string | undefined {
  const { mode = 'off' } = aotOptions(aot);
  return mode === 'off' ? undefined : 'the option aot';
}

function aotOptions(aot: RuntimeOptions['aot']): AotOptions {
  return typeof aot === 'string' ? { mode: aot } : (aot ?? {});
}

function refuseOnV8(mode: AotMode): never {
  throw new UnsupportedByEngineError(
    `aot: '${mode}' is for engine 'wasmedge'; V8 compiles guests itself. Omit aot, or use engine: 'wasmedge'.`,
  );
}

function refusePlacement(mode: AotMode, placement: string): never {
  throw new UnsupportedByPlacementError(
    mode === 'inline'
      ? "aot: 'inline' is for guests that run in this process; with placement: 'process' use 'background' or 'wait'."
      : `aot: '${mode}' needs placement: 'process', since compiled code can crash its process; with placement: '${placement}' use aot: 'inline', for guests that you trust.`,
  );
}
