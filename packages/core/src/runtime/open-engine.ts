import type { CallState } from '../engines/call-state.js';
import type { Engine, EngineName, GuestCompiler } from '../engines/engine.js';
import { V8Engine } from '../engines/v8/v8-engine.js';
import { v8Compiler } from '../engines/v8/v8-guests.js';
import type { CompiledCodeUse } from '../engines/wasmedge/aot/compiled-code.js';
import { UnsupportedByEngineError } from '../errors/runtime-errors.js';
import { lacksHelpers, prepareHelpers } from '../helpers/helper-program.js';
import type { Logger } from '../logger/logger.js';
import type { Trust } from '../plugin-trust/trust.js';
import { prepareImport } from '../prepare-import.js';
import { type LimitOfWasmEdge, limitOfWasmEdge } from './choose-engine.js';
import type { CompileGuestOptions, RuntimeOptions } from './runtime-options.js';

type WasmEdgeModule = typeof import('../engines/wasmedge/wasmedge-engine.js');

let loaded: WasmEdgeModule | undefined;

// koffi and libwasmedge are loaded only when they are needed.
async function loadWasmEdge(): Promise<WasmEdgeModule> {
  prepareImport();
  loaded = await import('../engines/wasmedge/wasmedge-engine.js');
  return loaded;
}

/** What keeps a limit on `v8` all the same. */
const keepers: Readonly<Record<LimitOfWasmEdge, string>> = {
  'limits.cost': '',
  'limits.timeoutMs': "use placement 'worker' or 'process', ",
  'limits.growthBytes': "use placement 'process', ",
};

/** Opens the engine. */
export async function openEngine(
  name: EngineName,
  options: RuntimeOptions,
  state: CallState,
  trust: Trust,
  logger: Logger,
  compiledCode?: CompiledCodeUse,
): Promise<Engine> {
  const limits = options.limits ?? {};
  if (name === 'wasmedge') {
    // What keeps its limits, and what tries native plug-ins.
    if (lacksHelpers()) await prepareHelpers();
    const { WasmEdgeEngine } = loaded ?? (await loadWasmEdge());
    return new WasmEdgeEngine({
      calls: state,
      limits,
      libraryPath: options.library,
      trust,
      logger,
      libraryLogger: options.logger,
      compiledCode,
    });
  }
  const wanted = limitOfWasmEdge(limits);
  if (wanted !== undefined) {
    throw new UnsupportedByEngineError(
      `${wanted} cannot be enforced on engine v8, which cannot stop a running guest; ${keepers[wanted]}omit engine, or use engine: 'wasmedge'.`,
    );
  }
  refuseLibrary(options);
  return new V8Engine(state, limits);
}

/** Opens what compiles guests for an engine. */
export async function openCompiler(
  name: EngineName,
  { library, limits }: CompileGuestOptions,
): Promise<GuestCompiler> {
  if (name === 'wasmedge') {
    const { wasmEdgeCompiler } = loaded ?? (await loadWasmEdge());
    return wasmEdgeCompiler(library, limits?.memoryPages);
  }
  refuseLibrary({ library });
  return v8Compiler(limits?.memoryPages);
}

function refuseLibrary({ library }: { readonly library?: string | undefined }): void {
  if (library !== undefined) {
    throw new UnsupportedByEngineError(
      `The option library is for engine 'wasmedge'; omit engine, or use engine: 'wasmedge'.`,
    );
  }
}
