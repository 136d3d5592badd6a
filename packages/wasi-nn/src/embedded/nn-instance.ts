import type { PluginContext, PluginInstance } from '@wasmedge-plugins/core';
import type { NnParts } from '../nn-parts.js';
import { nnHostModule } from './host-functions.js';
import { NnRuntime } from './nn-runtime.js';
import { NnState } from './nn-state.js';

/**
 * WASI-NN in one runtime, with these backends and models.
 *
 * @throws {BackendContractError} for a backend of another version of the contract.
 */
export function nnInstance(parts: NnParts, context: PluginContext): PluginInstance {
  const runtime = new NnRuntime(parts, context);
  const stateOf = context.perInstance(() => new NnState(runtime));
  return {
    get choices() {
      const choices = parts.backends.flatMap((backend) => backend.choices?.() ?? []);
      return choices.length > 0 ? choices : undefined;
    },
    modules: [nnHostModule(stateOf, parts.tensorNumbering, context.logger)],
    [Symbol.dispose]: () => runtime[Symbol.dispose](),
  };
}
