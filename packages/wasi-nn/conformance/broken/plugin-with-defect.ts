import type { Plugin } from '@wasmedge-plugins/core';
import { breakModule, type Defect } from './break-functions.js';

/**
 * A WASI-NN plug-in with one of some defects, or with none.
 *
 * @throws {Error} when there is no defect of that name.
 */
export function pluginWithDefect(
  plugin: Plugin,
  defects: Readonly<Record<string, Defect>>,
  name: string | undefined,
): Plugin {
  if (name === undefined) return plugin;
  const defect = Object.hasOwn(defects, name) ? defects[name] : undefined;
  if (defect === undefined) throw new Error(`There is no defect ${name}.`);
  return {
    ...plugin,
    create(context) {
      const made = plugin.create(context);
      return { ...made, modules: made.modules.map((module) => breakModule(module, defect)) };
    },
  };
}
