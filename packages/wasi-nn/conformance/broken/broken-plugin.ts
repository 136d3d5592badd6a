import type { Plugin } from '@wasmedge-plugins/core';
import { breakModule, type Defect } from './break-functions.js';
import { rangeDefects } from './range-defects.js';
import { stateDefects } from './state-defects.js';

const defects: Readonly<Record<string, Defect>> = { ...rangeDefects, ...stateDefects };

/** Names of all defects. */
export const defectNames: readonly string[] = Object.keys(defects);

/** A WASI-NN plug-in with one defect, or with none. */
export function withDefect(plugin: Plugin, defectName: string | undefined): Plugin {
  if (defectName === undefined) return plugin;
  const defect = defects[defectName];
  if (defect === undefined) throw new Error(`There is no defect ${defectName}.`);
  return {
    ...plugin,
    create(context) {
      const made = plugin.create(context);
      return { ...made, modules: made.modules.map((module) => breakModule(module, defect)) };
    },
  };
}
