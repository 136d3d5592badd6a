import type { CallState } from '../engines/call-state.js';
import type { Engine, EngineName } from '../engines/engine.js';
import { V8Engine } from '../engines/v8/v8-engine.js';
import { UnsupportedByEngineError } from '../errors/runtime-errors.js';
import type { Logger } from '../logger/logger.js';
import type { Trust } from '../plugin-trust/trust.js';
import { limitOfWasmEdge } from './choose-engine.js';
import type { RuntimeOptions } from './runtime-options.js';

type WasmEdgeModule = typeof import('../engines/wasmedge/wasmedge-engine.js');

let loaded: WasmEdgeModule | undefined;

/** Opens the engine. koffi and libwasmedge are loaded only when they are needed. */
export async function openEngine(
  name: EngineName,
  options: RuntimeOptions,
  state: CallState,
  trust: Trust,
  logger: Logger,
): Promise<Engine> {
  const limits = options.limits ?? {};
  if (name === 'wasmedge') {
    loaded ??= await import('../engines/wasmedge/wasmedge-engine.js');
    return new loaded.WasmEdgeEngine({
      calls: state,
      limits,
      libraryPath: options.library,
      trust,
      logger,
      libraryLogger: options.logger,
    });
  }
  const wanted = limitOfWasmEdge(limits);
  if (wanted !== undefined) {
    throw new UnsupportedByEngineError(
      `${wanted} cannot be kept on engine v8, which cannot stop a running guest; leave engine out or use engine: 'wasmedge'.`,
    );
  }
  if (options.library !== undefined) {
    throw new UnsupportedByEngineError(
      `The option library is for engine 'wasmedge'; leave engine out or use engine: 'wasmedge'.`,
    );
  }
  return new V8Engine(state, limits);
}
