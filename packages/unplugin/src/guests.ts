import { readGuest } from '@wasmedge-plugins/core/guests';
import { createUnplugin } from 'unplugin';
import { guestModule } from './guest-module.js';
import { checkGuestsOptions, type GuestsOptions, isGuest } from './guests-options.js';
import type { GuestsPlugins } from './guests-plugins.js';
import { writeDeclarations } from './write-declarations.js';

/**
 * Bundler plug-ins that let a program import WebAssembly guests: `guests.vite()`, `guests.rollup()`, `guests.rolldown()`, `guests.esbuild()`,
 * `guests.webpack()`, `guests.rspack()`. The guest becomes part of the bundle.
 *
 * @throws {InvalidArgumentError} for an option that does not exist or has the wrong type.
 * @example
 * // vite.config.ts
 * export default defineConfig({ plugins: [guests.vite()] });
 * // main.ts
 * import { load } from './add.wasm';
 */
export const guests: GuestsPlugins = createUnplugin<GuestsOptions | undefined, false>(
  (options: GuestsOptions = {}) => {
    checkGuestsOptions(options);
    const { declarations = 'beside' } = options;
    return {
      name: '@wasmedge-plugins/unplugin',
      // Before those that refuse such files.
      enforce: 'pre',
      loadInclude: (id: string) => isGuest(id, options),
      async load(id: string) {
        if (!isGuest(id, options)) return undefined;
        this.addWatchFile(id);
        const { bytes } = readGuest(id);
        const code = guestModule(bytes);
        const problem = await writeDeclarations(id, bytes, declarations);
        if (problem !== undefined) this.warn(problem);
        return { code, map: null };
      },
      esbuild: { loader: 'js' },
    };
  },
);
