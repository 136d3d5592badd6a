import type { EngineName } from '../engines/engine.js';
import type { Limits } from '../limits/limits.js';
import { aotOfWasmEdge } from './choose-aot.js';
import type { RuntimeOptions } from './runtime-options.js';

/** The engine for these options, and why. */
export function chooseEngine(options: RuntimeOptions): {
  readonly engine: EngineName;
  readonly reason: string;
} {
  if (options.engine !== undefined) {
    return { engine: options.engine, reason: 'the option engine asks for it' };
  }
  const native = options.plugins?.find((plugin) => plugin.provider === 'native');
  if (native !== undefined) {
    return { engine: 'wasmedge', reason: `the native provider of ${native.name} needs it` };
  }
  if (options.library !== undefined) {
    return { engine: 'wasmedge', reason: 'the option library names a libwasmedge' };
  }
  const needing = limitOfWasmEdge(options.limits ?? {}) ?? aotOfWasmEdge(options.aot);
  if (needing !== undefined) {
    return { engine: 'wasmedge', reason: `${needing} needs it` };
  }
  return { engine: 'v8', reason: 'it is the default' };
}

const limitNames = ['cost', 'timeoutMs', 'growthBytes'] as const;

export type LimitOfWasmEdge = `limits.${(typeof limitNames)[number]}`;

/** The name of a limit that only engine `wasmedge` can keep, if one is given. */
export function limitOfWasmEdge(limits: Limits): LimitOfWasmEdge | undefined {
  const name = limitNames.find((entry) => Number.isFinite(limits[entry]));
  return name && `limits.${name}`;
}
