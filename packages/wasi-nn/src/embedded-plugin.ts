import { combinePlugins, type Plugin } from '@wasmedge-plugins/core';
import { nnModuleName, nnPluginName } from './abi.js';
import { combineParts } from './combine-parts.js';
import { nnHostModule } from './embedded/host-functions.js';
import { NnState } from './embedded/nn-state.js';
import { type NnParts, nnParts } from './nn-parts.js';

/** The embedded WASI-NN plug-in with these backends and models; it can be combined with others. */
export function embeddedNnPlugin(parts: NnParts): Plugin & { readonly [nnParts]: NnParts } {
  return {
    name: nnPluginName,
    provider: 'embedded',
    moduleNames: [nnModuleName],
    create(context) {
      const state = new NnState(parts, context);
      return {
        modules: [nnHostModule(state, parts.tensorNumbering, context.logger)],
        [Symbol.dispose]: () => state[Symbol.dispose](),
      };
    },
    [nnParts]: parts,
    [combinePlugins]: (plugins) => embeddedNnPlugin(combineParts(plugins)),
  };
}
