import type { Plugin } from '@wasmedge-plugins/core';
import type { Defect } from './break-functions.js';
import { pluginWithDefect } from './plugin-with-defect.js';
import { rangeDefects } from './range-defects.js';
import { stateDefects } from './state-defects.js';

const defects: Readonly<Record<string, Defect>> = { ...rangeDefects, ...stateDefects };

/** Names of all defects. */
export const defectNames: readonly string[] = Object.keys(defects);

/** A WASI-NN plug-in with one defect, or with none. */
export function withDefect(plugin: Plugin, defectName: string | undefined): Plugin {
  return pluginWithDefect(plugin, defects, defectName);
}
